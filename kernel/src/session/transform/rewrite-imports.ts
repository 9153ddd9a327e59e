import type {
  ExportAllDeclaration,
  ExportNamedDeclaration,
  ImportAttribute,
  ImportDeclaration,
  ModuleExportName,
  Span,
} from "oxc-parser";
import { CELL_AWAIT, CELL_RUNTIME, type CellEdit } from "./cell-edit.js";

/**
 * Turns `import d, * as ns, { a as b } from "m"` into assignments from `await import("m")`, at the start
 * of the cell as the language has it.
 */
export function rewriteImport(statement: ImportDeclaration, edit: CellEdit): void {
  const specifier = statement.source.value;
  const properties: string[] = [];
  const names: Record<string, string> = {};
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
    names[name] = exported;
  }
  const target = properties.length > 0 ? `{${properties.join(",")}}=` : "";
  const called = importCall(specifier, statement.attributes);
  const checked = [called, JSON.stringify(specifier), JSON.stringify(names), edit.count].join(",");
  const loaded = properties.length > 0 ? `${CELL_RUNTIME}.imported(${checked})` : called;
  const code = `(${target}${namespace === undefined ? "" : `${namespace}=`}${loaded});`;
  edit.text.overwrite(statement.start, statement.end, code);
  edit.text.move(statement.start, statement.end, edit.importsAt);
}

/** `export … from "m"` only loads the module: a cell exports nothing. */
export function rewriteReexport(statement: ExportNamedDeclaration | ExportAllDeclaration, edit: CellEdit): void {
  if (!statement.source) edit.text.remove(statement.start, statement.end);
  else {
    const loaded = importCall(statement.source.value, statement.attributes);
    edit.text.overwrite(statement.start, statement.end, `${loaded};`);
  }
}

/** `import(…)` is looked up by the session, also in a function: see `CellRuntime`. */
export function rewriteDynamicImport({ start }: Span, edit: CellEdit): void {
  edit.text.overwrite(start, start + "import".length, `${CELL_RUNTIME}.import`);
}

function importCall(specifier: string, attributes: readonly ImportAttribute[]): string {
  const pairs = attributes.map(({ key, value }) => {
    const name = key.type === "Literal" ? key.value : key.name;
    return `${JSON.stringify(name)}:${JSON.stringify(value.value)}`;
  });
  const options = pairs.length > 0 ? `,{with:{${pairs.join(",")}}}` : "";
  return `await ${CELL_AWAIT}(${CELL_RUNTIME}.import(${JSON.stringify(specifier)}${options}))`;
}

function exportName(name: ModuleExportName): string {
  return name.type === "Literal" ? name.value : name.name;
}
