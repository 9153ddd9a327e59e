/**
 * `import()`, `import.meta` and `require` of a file that runs from another place than it was written in.
 * @module
 */
import { createRequire } from "node:module";
import { dirname, isAbsolute } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { linkProblem } from "./link-problem.js";
import { isTypeScript } from "./local-file.js";
import { editionUrl, importUrl } from "./module-store.js";
import { isPath, resolveModule, resolveRequired } from "./resolve-module.js";
import { isStored } from "./store-folder.js";

/** What a module knows of its place. */
export interface ModuleContext {
  readonly meta: ModuleMeta;
  readonly require: NodeJS.Require;
  import(specifier: unknown, options?: ImportCallOptions): Promise<object>;
}

/** `import.meta`, as Node has it. */
export interface ModuleMeta {
  readonly url: string;
  readonly filename: string;
  readonly dirname: string;
  readonly resolve: (specifier: string) => string;
}

const contexts = new Map<string, ModuleContext>();

/** The context of the file with this URL; one file has one context. */
export function moduleAt(url: string): ModuleContext {
  const known = contexts.get(url);
  if (known !== undefined) return known;
  const context: ModuleContext = {
    meta: metaAt(url),
    require: requireAt(url),
    import: async (specifier, options) => (await loadImport(url, String(specifier), options)).exports,
  };
  contexts.set(url, context);
  return context;
}

/** `import.meta` of the file with this URL. */
export function metaAt(url: string): ModuleMeta {
  const filename = fileURLToPath(url);
  return { url, filename, dirname: dirname(filename), resolve: (specifier) => resolveModule(specifier, url) };
}

/** A module and the address that any thread can import it by. */
export interface LoadedModule<T> {
  readonly url: string;
  readonly exports: T;
}

/**
 * What `import(specifier)` loads in the file with this URL. A file of the user comes in its present edition.
 * @throws {ImportError} if there is no such module, or if one that it imports is not there
 */
export async function loadImport(
  from: string,
  specifier: string,
  options?: ImportCallOptions,
): Promise<LoadedModule<object>> {
  const url = importUrl(specifier, from);
  try {
    return { url, exports: await import(url, optionsOf(url, options)) };
  } catch (error) {
    throw linkProblem(error, specifier) ?? error;
  }
}

/**
 * What `require(specifier)` loads in the file with this URL: the present edition of a file of the user, also of one
 * in TypeScript, unless a module in it awaits something.
 * @throws {ImportError} if there is no such module
 */
export function loadRequired(from: string, specifier: string): LoadedModule<unknown> {
  const load = createRequire(from);
  const path = resolveRequired(specifier, from);
  if (!isAbsolute(path)) return { url: path.startsWith("node:") ? path : `node:${path}`, exports: load(path) };
  const url = isPath(specifier) || isTypeScript(path) ? editionUrl(path) : pathToFileURL(path).href;
  const exports = loadStored(load, url, specifier);
  return { url, exports: path.endsWith(".json") && isStored(url) ? Object(exports).default : exports };
}

function loadStored(load: NodeJS.Require, url: string, specifier: string): unknown {
  try {
    return load(fileURLToPath(url));
  } catch (error) {
    throw linkProblem(error, specifier) ?? error;
  }
}

/** What was JSON is a module in the store; that of a package needs the attribute, which TypeScript lets one omit. */
function optionsOf(url: string, options: ImportCallOptions | undefined): ImportCallOptions | undefined {
  if (isStored(url)) return undefined;
  return options ?? (url.endsWith(".json") ? { with: { type: "json" } } : undefined);
}

/** `require` of the file with this URL. */
export function requireAt(url: string): NodeJS.Require {
  const require = (specifier: string): unknown => loadRequired(url, specifier).exports;
  return Object.assign(require, createRequire(url));
}
