/**
 * The script a function was written in: its name, and in a module file what its imports bind.
 * @module
 */
import { inspectorSession } from "./inspector-session.js";
import { acorn } from "./parser.js";
import type { FunctionPlace } from "./scopes.js";
import type { ModuleExport, SessionScope } from "./shipped.js";

/** Name and imports of a script. */
export interface ScriptFile {
  /** `cell-3.ts`, a file URL, a path or empty */
  readonly name: string;
  /** names bound by its import declarations; empty unless the script is a module file */
  readonly imports: ReadonlyMap<string, ModuleExport>;
}

const names = new Map<string, string>();
const files = new Map<string, ScriptFile>();
let listening = false;

/**
 * The script with V8's id `scriptId`.
 *
 * V8 tells the names of scripts only while its debugger is enabled, and then of all scripts at once
 * (about 5 ms). So it is enabled for a moment, and only for a script not seen before.
 */
export function scriptFile(scriptId: string, isModule: boolean): ScriptFile {
  const known = files.get(scriptId);
  if (known !== undefined) return known;
  const session = inspectorSession();
  if (!listening) {
    session.on("Debugger.scriptParsed", ({ scriptId, url }) => names.set(scriptId, url));
    listening = true;
  }
  session.post("Debugger.enable");
  try {
    // A `debugger` statement must not stop a thread that would have to answer itself.
    session.post("Debugger.setSkipAllPauses", { skip: true });
    const name = names.get(scriptId) ?? "";
    const source = isModule ? session.post("Debugger.getScriptSource", { scriptId }).scriptSource : "";
    const file = { name, imports: importsOf(source) };
    files.set(scriptId, file);
    return file;
  } finally {
    session.post("Debugger.disable");
  }
}

/**
 * The cell that holds the text of `fn` at its place, if the notebook tells its cells.
 * @param anchor index in the text of `fn` of the place V8 reports
 */
export function cellFile(
  fn: object,
  place: FunctionPlace,
  anchor: number,
  scope: SessionScope,
): ScriptFile | undefined {
  const known = files.get(place.scriptId);
  if (known !== undefined || scope.cells === undefined) return known;
  const source = Function.prototype.toString.call(fn);
  for (const { name, code } of scope.cells()) {
    if (!code.startsWith(source, lineStart(code, place.line) + place.column - anchor)) continue;
    const file = { name, imports: new Map() };
    files.set(place.scriptId, file);
    return file;
  }
  return undefined;
}

function lineStart(code: string, line: number): number {
  let start = 0;
  for (let nth = 0; nth < line; nth++) {
    const end = code.indexOf("\n", start);
    if (end < 0) return code.length;
    start = end + 1;
  }
  return start;
}

function importsOf(source: string): ReadonlyMap<string, ModuleExport> {
  const imports = new Map<string, ModuleExport>();
  if (source === "") return imports;
  for (const statement of acorn().parse(source, { ecmaVersion: "latest", sourceType: "module" }).body) {
    if (statement.type !== "ImportDeclaration" || typeof statement.source.value !== "string") continue;
    const specifier = statement.source.value;
    for (const item of statement.specifiers) {
      if (item.type === "ImportNamespaceSpecifier") imports.set(item.local.name, { specifier });
      else if (item.type === "ImportDefaultSpecifier") imports.set(item.local.name, { specifier, export: "default" });
      else imports.set(item.local.name, { specifier, export: exportName(item.imported) });
    }
  }
  return imports;
}

function exportName(imported: { type: string; name?: string; value?: unknown }): string {
  return imported.type === "Identifier" ? imported.name! : String(imported.value);
}
