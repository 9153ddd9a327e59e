import type {
  ExportAllDeclaration,
  ExportNamedDeclaration,
  ImportAttribute,
  ImportDeclaration,
  ImportExpression,
  ModuleExportName,
} from "oxc-parser";
import { CELL_RUNTIME, type CellEdit, surround } from "./cell-edit.js";

/**
 * Turns `import d, * as ns, { a as b } from "m"` into assignments from `await import("m")`, at the start
 * of the cell as the language has it.
 */
export function rewriteImport(statement: ImportDeclaration, edit: CellEdit): void {
  const specifier = ownOr(statement.source.value, edit);
  const properties: string[] = [];
  let namespace: string | undefined;
  for (const item of statement.specifiers) {
    const name = item.local.name;
    edit.names.add(name);
    if (item.type === "ImportNamespaceSpecifier") {
      namespace = name;
      edit.imports.push({ name, specifier });
      continue;
    }
    const exported = item.type === "ImportDefaultSpecifier" ? "default" : exportName(item.imported);
    edit.imports.push({ name, specifier, export: exported });
    properties.push(`${JSON.stringify(exported)}:${name}`);
  }
  const target = properties.length > 0 ? `{${properties.join(",")}}=` : "";
  const loaded = importCall(specifier, statement.attributes);
  const code = `(${target}${namespace === undefined ? "" : `${namespace}=`}${loaded});`;
  edit.text.overwrite(statement.start, statement.end, code);
  edit.text.move(statement.start, statement.end, edit.importsAt);
}

/** `export … from "m"` only loads the module: a cell exports nothing. */
export function rewriteReexport(statement: ExportNamedDeclaration | ExportAllDeclaration, edit: CellEdit): void {
  if (!statement.source) edit.text.remove(statement.start, statement.end);
  else {
    const loaded = importCall(ownOr(statement.source.value, edit), statement.attributes);
    edit.text.overwrite(statement.start, statement.end, `${loaded};`);
  }
}

/** Lets the session know the module that a top-level `import("m")` gives. */
export function rewriteDynamicImport(expression: ImportExpression, edit: CellEdit): void {
  const { source } = expression;
  if (source.type !== "Literal" || typeof source.value !== "string") return;
  const specifier = JSON.stringify(ownOr(source.value, edit));
  surround(edit.text, expression, `${CELL_RUNTIME}.importing(${specifier},`, ")");
}

/** Replaces `"dagbook"` by the address of the kernel's own library, so that there is one engine. */
export function rewriteOwnSpecifier(start: number, end: number, edit: CellEdit): void {
  const literal = /^(["'`])(.*)\1$/s.exec(edit.text.original.slice(start, end));
  const url = literal?.[2] === undefined ? undefined : edit.own.get(literal[2]);
  if (url !== undefined) edit.text.overwrite(start, end, JSON.stringify(url));
}

function importCall(specifier: string, attributes: readonly ImportAttribute[]): string {
  const pairs = attributes.map(({ key, value }) => {
    const name = key.type === "Literal" ? key.value : key.name;
    return `${JSON.stringify(name)}:${JSON.stringify(value.value)}`;
  });
  const options = pairs.length > 0 ? `,{with:{${pairs.join(",")}}}` : "";
  const quoted = JSON.stringify(specifier);
  return `${CELL_RUNTIME}.imported(${quoted},await import(${quoted}${options}))`;
}

function ownOr(specifier: string, edit: CellEdit): string {
  return edit.own.get(specifier) ?? specifier;
}

function exportName(name: ModuleExportName): string {
  return name.type === "Literal" ? name.value : name.name;
}
