/**
 * A file of the user as a module that Node runs from another place: TypeScript is removed, and whatever depends on
 * the place of the file is bound to its own.
 * @module
 */
import { createRequire } from "node:module";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type MagicString from "magic-string";
import type { Directive, ImportAttribute, Span, Statement } from "oxc-parser";
import type { TransformOptions } from "oxc-transform";
import { builtFile } from "../../built-file.js";
import { ImportError } from "../../errors.js";
import { firstJsx } from "./first-jsx.js";
import { isTypeScript } from "./local-file.js";
import { transformOptions } from "./transform-options.js";

const load = createRequire(import.meta.url);

/** Name by which a compiled file calls `moduleAt`. */
const MODULE_AT = "__dagbook_module__";

/** What to do instead of JSX. */
const JSX_CURE = "Compile the file to JavaScript first, or build a string and show it with display.html";

/** A file in a form that Node runs. */
export interface CompiledModule {
  readonly code: string;
  /** source maps from `code` to the text of the file, one after the other */
  readonly maps: readonly ModuleMap[];
  /** lines in front of the text of the file, if there is no map */
  readonly linesBefore: number;
}

/** What is needed of a source map. */
export interface ModuleMap {
  readonly mappings: string;
  readonly names: string[];
  readonly sources: string[];
}

// What is left of JSX is found below.
const options: TransformOptions = { ...transformOptions, jsx: "preserve" };

/**
 * Compiles a module, TypeScript or JavaScript.
 * @param url address of the file, which its `import.meta`, `import()` and `require` refer to
 * @param address where to import from, in place of a specifier
 * @throws {ImportError} that shows the place of an error in the text
 */
export function compileModule(
  url: string,
  file: string,
  text: string,
  address: (specifier: string) => string,
): CompiledModule {
  // Loaded late: a worker that imports no file of the user needs no compiler.
  const { transformSync }: typeof import("oxc-transform") = load("oxc-transform");
  const { code, map, errors } = transformSync(basename(file), text, options);
  const [error] = errors;
  if (error) throw notCompiled(file, error.message, error.codeframe);
  if (/(?:^|;)[ \t]*export\s*=(?!=)/m.test(text))
    throw notCompiled(file, "'export =' is CommonJS: write export default", undefined);
  const edited = rewrite(code, { url, file, text, address });
  const maps = [edited.generateMap({ hires: true, source: file }), ...(map ? [map] : [])].map(
    ({ mappings, names, sources }) => ({ mappings, names, sources: sources.map(String) }),
  );
  return { code: edited.toString(), maps, linesBefore: 0 };
}

/** A CommonJS file, which keeps its text: it gets the names of its place from around it. */
export function wrapCommonJs(url: string, text: string): CompiledModule {
  const { parseSync }: typeof import("oxc-parser") = load("oxc-parser");
  const { default: Text }: typeof import("magic-string") = load("magic-string");
  const edited = new Text(text.replace(/^#!/, "//"));
  const parsed = parseSync("module.cjs", text, { lang: "js", sourceType: "commonjs" });
  // An error is Node's to tell: the text runs as it is.
  for (const { start } of parsed.module.dynamicImports)
    edited.overwrite(start, start + "import".length, `${MODULE_AT}.import`);
  const here = `require(${JSON.stringify(fileURLToPath(contextFile))}).moduleAt(${JSON.stringify(url)})`;
  const names = `exports, module, ${MODULE_AT}, require, __filename, __dirname`;
  // Its first line stays a line of its own, so that stack traces have the right one.
  const open = `((${names}) => {\n`;
  const close = `\n})(exports, module, ...((at) => [at, at.require, at.meta.filename, at.meta.dirname])(${here}));\n`;
  return { code: open + edited.toString() + close, maps: [], linesBefore: 1 };
}

/** JSON, which so needs no `with { type: "json" }`. */
export function wrapJson(file: string, text: string): CompiledModule {
  try {
    JSON.parse(text);
  } catch (cause) {
    throw new ImportError(`${file} is no JSON: ${Object(cause).message}`, { file }, { cause });
  }
  return { code: `export default JSON.parse(${JSON.stringify(text)});\n`, maps: [], linesBefore: 0 };
}

const contextFile = builtFile(import.meta.url, "./module-context.js");
const helpersFile = builtFile(import.meta.url, "../../babel-helpers.js");

interface Source {
  readonly url: string;
  readonly file: string;
  readonly text: string;
  readonly address: (specifier: string) => string;
}

function rewrite(code: string, source: Source): MagicString {
  const { url, file } = source;
  const { parseSync }: typeof import("oxc-parser") = load("oxc-parser");
  const { default: Text }: typeof import("magic-string") = load("magic-string");
  const parsed = parseSync("module.js", code, { lang: "js", sourceType: "module" });
  const [error] = parsed.errors;
  if (error) throw jsxProblem(source) ?? notCompiled(file, error.message, error.codeframe);
  const edited = new Text(code);
  const here = `${MODULE_AT}(${JSON.stringify(url)})`;
  for (const statement of parsed.program.body) rewriteSource(statement, edited, source);
  for (const { start } of parsed.module.dynamicImports)
    edited.overwrite(start, start + "import".length, `${here}.import`);
  for (const { start, end } of parsed.module.importMetas) edited.overwrite(start, end, `${here}.meta`);
  const prologue = [
    `import { moduleAt as ${MODULE_AT} } from ${JSON.stringify(contextFile.href)};`,
    code.includes("babelHelpers.") ? `import { babelHelpers } from ${JSON.stringify(helpersFile.href)};` : "",
    usesRequire(file, code) ? `const require = ${here}.require;` : "",
  ];
  return edited.prepend(`${prologue.join("")}\n`);
}

function rewriteSource(statement: Directive | Statement, edited: MagicString, source: Source): void {
  if (!hasSource(statement)) return;
  const { value, start, end } = statement.source;
  const url = addressOf(value, source);
  edited.overwrite(start, end, JSON.stringify(url));
  // The attributes of a file that was JSON.
  if (statement.attributes.length > 0 && url.endsWith(".mjs")) edited.remove(end, statement.end);
}

/** An error says which file, and which line of it, has the import. */
function addressOf(specifier: string, { file, text, address }: Source): string {
  try {
    return address(specifier);
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    const at = Math.max(0, text.search(new RegExp(`(["'])${specifier.replace(/[^\w/]/g, "\\$&")}\\1`)));
    throw new ImportError(`${file}:${text.slice(0, at).split("\n").length}: ${error.message}`, error.facts);
  }
}

function hasSource(statement: object): statement is Span & {
  readonly source: Span & { readonly value: string };
  readonly attributes: readonly ImportAttribute[];
} {
  return "source" in statement && statement.source !== null && "attributes" in statement;
}

/** `import fs = require("fs")` of TypeScript; modules have no `require` of their own. */
function usesRequire(file: string, code: string): boolean {
  return (
    isTypeScript(file) &&
    /\brequire\s*\(/.test(code) &&
    !/\b(?:const|let|var|as|import|function)\s+require\b/.test(code)
  );
}

function jsxProblem({ file, text }: Source): ImportError | undefined {
  const { parseSync }: typeof import("oxc-parser") = load("oxc-parser");
  const at = firstJsx(parseSync(basename(file), text).program);
  if (at === undefined) return undefined;
  const before = text.slice(0, at).split("\n");
  const place = `${file}:${before.length}:${before.at(-1)!.length + 1}`;
  return new ImportError(`JSX is off: ${place} has some. ${JSX_CURE}`, { file });
}

function notCompiled(file: string, message: string, codeframe: string | null | undefined): ImportError {
  return new ImportError(
    `${file} cannot be compiled: ${message}${codeframe ? `\n${codeframe.replace(/^\n+|\s+$/g, "")}` : ""}`,
    { file },
  );
}
