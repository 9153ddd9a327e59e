/**
 * The constructs inside a function that bind it to the place where it was written.
 * @module
 */

/** A node of the syntax tree. Its fields depend on `type`; ESTree names them. */
// biome-ignore lint/suspicious/noExplicitAny: the fields differ by node type; every reader below checks `type` first
export type SyntaxNode = { readonly type: string; readonly start: number; readonly end: number } & Record<string, any>;

/** What a function takes from the place where it was written. */
export interface SyntaxFacts {
  /** an arrow takes `this` or `arguments` of the function around it */
  readonly usesOuterThis: boolean;
  readonly usesOuterSuper: boolean;
  readonly callsEval: boolean;
  readonly usesImportMeta: boolean;
  readonly importsDynamically: boolean;
  /** a `#name` that no class inside declares */
  readonly outerPrivate: string | undefined;
  /** some class inside declares a `#name` */
  readonly declaresPrivate: boolean;
  /** names that stand after `typeof`: they may be missing */
  readonly probed: ReadonlySet<string>;
}

interface Place {
  readonly ownThis: boolean;
  readonly ownSuper: boolean;
}

interface Findings {
  usesOuterThis: boolean;
  usesOuterSuper: boolean;
  callsEval: boolean;
  usesImportMeta: boolean;
  importsDynamically: boolean;
  readonly probed: Set<string>;
  readonly privateUsed: Set<string>;
  readonly privateDeclared: Set<string>;
}

/** Facts about the function, method or class `root`. */
export function inspectSyntax(root: SyntaxNode, form: "expression" | "method" | "classMethod"): SyntaxFacts {
  const found: Findings = {
    usesOuterThis: false,
    usesOuterSuper: false,
    callsEval: false,
    usesImportMeta: false,
    importsDynamically: false,
    probed: new Set(),
    privateUsed: new Set(),
    privateDeclared: new Set(),
  };
  const isClass = root.type === "ClassExpression" && form === "expression";
  visit(root, { ownThis: !isClass && root.type !== "ArrowFunctionExpression", ownSuper: false }, found);
  const { privateUsed, privateDeclared, ...facts } = found;
  return {
    ...facts,
    outerPrivate: [...privateUsed].find((name) => !privateDeclared.has(name)),
    declaresPrivate: privateDeclared.size > 0,
  };
}

function visit(node: SyntaxNode, place: Place, found: Findings): void {
  record(node, place, found);
  const inner = placeInside(node, place);
  for (const [field, value] of Object.entries(node)) {
    // The name of a method belongs to the place around it, its body does not.
    const here = field === "value" && isHome(node) ? { ownThis: true, ownSuper: true } : inner;
    for (const child of [value].flat()) if (isNode(child)) visit(child, here, found);
  }
}

function record(node: SyntaxNode, place: Place, found: Findings): void {
  switch (node.type) {
    case "ThisExpression":
      found.usesOuterThis ||= !place.ownThis;
      break;
    case "MetaProperty":
      found.usesImportMeta ||= node.meta.name === "import";
      break;
    case "Super":
      found.usesOuterSuper ||= !place.ownSuper;
      break;
    case "CallExpression":
      found.callsEval ||= node.callee.type === "Identifier" && node.callee.name === "eval";
      break;
    case "ImportExpression":
      found.importsDynamically = true;
      break;
    case "UnaryExpression":
      if (node.operator === "typeof" && node.argument.type === "Identifier") found.probed.add(node.argument.name);
      break;
    case "PrivateIdentifier":
      found.privateUsed.add(node.name);
      break;
    case "ClassBody":
      for (const member of node.body) {
        if (member.key?.type === "PrivateIdentifier") found.privateDeclared.add(member.key.name);
      }
      break;
  }
}

function placeInside(node: SyntaxNode, place: Place): Place {
  if (node.type === "StaticBlock") return { ownThis: true, ownSuper: true };
  if (node.type === "FunctionExpression" || node.type === "FunctionDeclaration") return { ...place, ownThis: true };
  return place;
}

/** A member whose value has its own `this` and `super`: of a class, or a method of an object. */
function isHome(node: SyntaxNode): boolean {
  if (node.type === "MethodDefinition" || node.type === "PropertyDefinition") return true;
  return node.type === "Property" && (node.method === true || node.kind !== "init");
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
