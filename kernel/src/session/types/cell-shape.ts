import type { ExportNamedDeclaration, Node, Program, Statement, VariableDeclaration } from "oxc-parser";
import { parseCode } from "../code/parse-code.js";
import { isObjectLiteral } from "../transform/object-literal.js";
import { patternNames } from "../transform/pattern-names.js";
import { searchTopLevel } from "../transform/top-level.js";

/**
 * What a name is to the cells after the one that declares it. An `untyped` variable has neither a type nor a first
 * value: any cell may put anything into it.
 */
export type NameKind = "variable" | "untyped" | "constant" | "function" | "class" | "enum" | "import" | "other";

/** What the type checker must know of a cell before it sees it. */
export interface CellShape {
  /** the cell is wrapped in parentheses: `{ a: 1 }` is an object to whoever types it into a cell */
  readonly isObjectLiteral: boolean;
  /** the names that later cells see */
  readonly names: ReadonlyMap<string, NameKind>;
  /** the cell adds to the global scope or to a module: it counts as long as the notebook runs */
  readonly augments: boolean;
}

/** Reads the declarations of a cell; nothing if it is no TypeScript. */
export function cellShape(code: string): CellShape | undefined {
  if (isObjectLiteral(code)) return { isObjectLiteral: true, names: new Map(), augments: false };
  const { program, errors } = parseCode(code);
  if (errors.length > 0) return undefined;
  const names = new Names();
  for (const statement of program.body) names.add(declarationOf(statement));
  for (const { declaration } of searchTopLevel(program.body).nestedVars) names.add(declaration);
  return { isObjectLiteral: false, names: names.kinds, augments: program.body.some(augments) };
}

class Names {
  readonly kinds = new Map<string, NameKind>();

  add(node: Node): void {
    switch (node.type) {
      case "VariableDeclaration":
        this.#addVariables(node);
        break;
      case "FunctionDeclaration":
      case "TSDeclareFunction":
        this.#set(node.id?.name, "function");
        break;
      case "ClassDeclaration":
        this.#set(node.id?.name, "class");
        break;
      case "TSEnumDeclaration":
        this.#set(node.id.name, "enum");
        break;
      case "TSInterfaceDeclaration":
      case "TSTypeAliasDeclaration":
      case "TSImportEqualsDeclaration":
        this.#set(node.id.name, "other");
        break;
      case "TSModuleDeclaration":
        if (node.kind !== "global" && node.id.type === "Identifier") this.#set(node.id.name, "other");
        break;
      case "ImportDeclaration":
        for (const { local } of node.specifiers) this.#set(local.name, "import");
    }
  }

  #addVariables({ kind, declarations }: VariableDeclaration): void {
    // What `using` declares is disposed of when the cell ends.
    if (kind === "using" || kind === "await using") return;
    for (const { id, init } of declarations) {
      const isUntyped = id.type === "Identifier" && !id.typeAnnotation && isNothing(init);
      const ofKind = kind === "const" ? "constant" : isUntyped ? "untyped" : "variable";
      for (const name of patternNames(id)) this.#set(name, ofKind);
    }
  }

  /** A name may be a value and a type; only an alias stands for both. */
  #set(name: string | undefined, kind: NameKind): void {
    if (name !== undefined) this.kinds.set(name, this.kinds.has(name) ? "other" : kind);
  }
}

function declarationOf(statement: Statement): Node {
  const isExport = statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration";
  return isExport ? ((statement as ExportNamedDeclaration).declaration ?? statement) : statement;
}

/** No first value, `null` or `undefined`: TypeScript waits for what else is assigned, and cells assign later. */
function isNothing(init: Node | null | undefined): boolean {
  if (!init) return true;
  return (init.type === "Literal" && init.value === null && init.raw === "null") || isUndefined(init);
}

function isUndefined(node: Node): boolean {
  return node.type === "Identifier" && node.name === "undefined";
}

function augments(statement: Program["body"][number]): boolean {
  return statement.type === "TSModuleDeclaration" && (statement.kind === "global" || statement.id.type === "Literal");
}
