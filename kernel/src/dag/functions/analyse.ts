/**
 * What the source text of a function says about it: the names it takes from outside and the constructs
 * that cannot travel. Purely static; the values of the names are found elsewhere.
 * @module
 */
import type { Node, Options } from "acorn";
import type { analyze } from "eslint-scope";
import { ShipError } from "../../errors.js";
import { acorn, eslintScope } from "./parser.js";
import { inspectSyntax, type SyntaxFacts, type SyntaxNode } from "./syntax.js";

/** What the text of a function says about it. */
export interface Analysis extends SyntaxFacts {
  readonly form: "expression" | "method" | "classMethod";
  /** the source to rebuild from; a computed method name is replaced by `key` */
  readonly source: string;
  /** name of the method; empty for an expression */
  readonly key: string;
  /** names used but not declared inside, in order of appearance, without `arguments` */
  readonly free: readonly string[];
  /** those of `free` that are assigned to */
  readonly written: ReadonlySet<string>;
  readonly isClass: boolean;
  /** the name after `extends`, if it is a plain name */
  readonly superName: string | undefined;
  /** names of static members, of a class */
  readonly statics: ReadonlySet<string>;
  /** index in the source of the place V8 reports as the function's location */
  readonly anchor: number;
}

const FORMS = [
  { form: "expression", prefix: "(", suffix: ")" },
  { form: "method", prefix: "({", suffix: "})" },
  { form: "classMethod", prefix: "(class{", suffix: "})" },
] as const;

const OPTIONS: Options = {
  ecmaVersion: "latest",
  sourceType: "script",
  // eslint-scope reads `range`.
  ranges: true,
  // The next two accept what only makes sense in the original place; `inspectSyntax` reports it better.
  allowImportExportEverywhere: true,
  checkPrivateFields: false,
};

/** Analyses by source text: one function object per call of its maker shares one text. */
const cache = new Map<string, Analysis>();
const CACHE_LIMIT = 2_000;

/**
 * The analysis of a function's source text, cached.
 * @param source what `Function.prototype.toString` gives
 * @throws {ShipError} if the text is not a function, method or class
 */
export function analyse(source: string): Analysis {
  const known = cache.get(source);
  if (known !== undefined) return known;
  const analysis = analyseNew(source);
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(source, analysis);
  return analysis;
}

function analyseNew(source: string): Analysis {
  const { form, prefix, program } = parseFunction(source);
  const expression = (program as unknown as SyntaxNode).body[0].expression;
  const member: SyntaxNode | undefined =
    form === "method" ? expression.properties[0] : form === "classMethod" ? expression.body.body[0] : undefined;
  const root: SyntaxNode = member?.value ?? expression;
  const { free, written } = freeNames(program);
  const isArrow = root.type === "ArrowFunctionExpression";
  const facts = inspectSyntax(root, form);
  return {
    ...facts,
    usesOuterThis: facts.usesOuterThis || (isArrow && free.has("arguments")),
    form,
    ...withPlainKey(source, prefix.length, member),
    free: [...free].filter((name) => name !== "arguments"),
    written,
    isClass: root.type === "ClassExpression",
    superName: root.superClass?.type === "Identifier" ? root.superClass.name : undefined,
    statics: staticNames(root),
    anchor: anchorOf(root, source, prefix.length, member !== undefined),
  };
}

/**
 * The syntax tree of the text of a function, which stands after `prefix`.
 * @throws {ShipError} if the text is not a function, method or class
 */
export function parseFunction(source: string) {
  let problem: unknown;
  for (const { form, prefix, suffix } of FORMS) {
    try {
      return { form, prefix, program: acorn().parse(`${prefix}${source}${suffix}`, OPTIONS) };
    } catch (error) {
      problem ??= error;
    }
  }
  const start = source.slice(0, 60);
  throw new ShipError(
    `the source of a function cannot be read: ${JSON.stringify(start)}. Define it as a function, arrow or class.`,
    { source: start },
    { cause: problem },
  );
}

function freeNames(program: Node): { free: Set<string>; written: Set<string> } {
  const free = new Set<string>();
  const written = new Set<string>();
  // acorn's tree is ESTree; only the two declarations of that type differ.
  const manager = eslintScope().analyze(program as unknown as Parameters<typeof analyze>[0], {
    ecmaVersion: 2022,
    ignoreEval: true,
  });
  for (const reference of manager.globalScope?.through ?? []) {
    const { name } = reference.identifier;
    if (typeof name !== "string") continue;
    free.add(name);
    if (reference.isWrite()) written.add(name);
  }
  return { free, written };
}

/** A computed name would be computed again on the worker, before its variables are there. */
function withPlainKey(source: string, shift: number, member: SyntaxNode | undefined): { source: string; key: string } {
  if (member === undefined) return { source, key: "" };
  const { key, computed } = member;
  if (!computed && key.type === "Identifier") return { source, key: key.name };
  if (!computed && key.type === "Literal") return { source, key: String(key.value) };
  const start = computed ? source.lastIndexOf("[", key.start - shift) : key.start - shift;
  const end = computed ? source.indexOf("]", key.end - shift) + 1 : key.end - shift;
  return { source: `${source.slice(0, start)}method${source.slice(end)}`, key: "method" };
}

function staticNames(root: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>();
  if (root.type !== "ClassExpression") return names;
  for (const member of root.body.body) {
    if (member.static && member.key?.type === "Identifier" && !member.computed) names.add(member.key.name);
  }
  return names;
}

/** V8 places an arrow at its first token, everything else at the `(` of its parameters. */
function anchorOf(root: SyntaxNode, source: string, shift: number, isMember: boolean): number {
  if (isMember) return root.start - shift;
  if (root.type === "ClassExpression") {
    const maker = root.body.body.find((member: SyntaxNode) => member.kind === "constructor");
    return maker === undefined ? 0 : maker.value.start - shift;
  }
  if (root.type === "ArrowFunctionExpression") return 0;
  return Math.max(0, source.indexOf("(", root.id ? root.id.end - shift : 0));
}
