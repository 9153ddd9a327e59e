/**
 * From the specifier of an import to the address of what it means.
 * @module
 */
import { createRequire, isBuiltin } from "node:module";
import { dirname, isAbsolute, resolve as resolvePath } from "node:path";
import { fileURLToPath, pathToFileURL, URL } from "node:url";
import { damagedPackage, missingBuiltin, missingFile, missingPackage, refusedScheme } from "./import-problems.js";
import { localFile } from "./local-file.js";
import { ownModules } from "./own-modules.js";

const load = createRequire(import.meta.url);

/**
 * The address of a module: `node:…`, a URL of the kernel's own library, or that of a file.
 * @param from URL of the file that imports it
 * @throws {ImportError} that says where it was searched, or what a package lacks, and the cure
 */
export function resolveModule(specifier: string, from: string): string {
  const known = ownModules.get(specifier) ?? builtin(specifier);
  if (known !== undefined) return known;
  const folder = dirname(fileURLToPath(from));
  const path = pathOf(specifier);
  if (path !== undefined) {
    const file = localFile(resolvePath(folder, path));
    if (file === undefined) throw missingFile(specifier, resolvePath(folder, path));
    return pathToFileURL(file).href + (/[?#].*$/.exec(specifier)?.[0] ?? "");
  }
  if (/^data:/.test(specifier)) return specifier;
  if (/^\w[\w+.-]*:/.test(specifier)) throw refusedScheme(specifier);
  return packageModule(specifier, from);
}

/**
 * The file that `require` finds.
 * @param from URL of the file that requires it
 * @returns its path, or the name of a module of Node
 * @throws {ImportError} as `resolveModule`
 */
export function resolveRequired(specifier: string, from: string): string {
  if (ownModules.has(specifier) || isPath(specifier)) return fileURLToPath(resolveModule(specifier, from));
  try {
    return createRequire(from).resolve(specifier);
  } catch (cause) {
    throw explained(cause, specifier, from);
  }
}

/** True for a specifier that names a file by its path or URL. */
export function isPath(specifier: string): boolean {
  return pathOf(specifier) !== undefined;
}

function builtin(specifier: string): string | undefined {
  if (isBuiltin(specifier)) return specifier.startsWith("node:") ? specifier : `node:${specifier}`;
  if (specifier.startsWith("node:")) throw missingBuiltin(specifier);
  return undefined;
}

/** The path that a specifier holds; nothing if it is a name or another URL. */
function pathOf(specifier: string): string | undefined {
  if (specifier.startsWith("file:")) return fileURLToPath(specifier);
  if (isAbsolute(specifier) || /^\.{1,2}(?:\/|$)/.test(specifier)) return decoded(specifier.replace(/[?#].*$/, ""));
  return undefined;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function packageModule(specifier: string, from: string): string {
  try {
    // Loaded late: a worker gets its modules by addresses that are found already.
    const { resolve }: typeof import("import-meta-resolve") = load("import-meta-resolve");
    return withNodesUrl(() => resolve(specifier, from));
  } catch (cause) {
    throw explained(cause, specifier, from);
  }
}

/** The package looks `URL` up while it runs, and `const URL = "https://…"` of a cell is a property of the global object. */
function withNodesUrl<T>(work: () => T): T {
  const taken = Object.getOwnPropertyDescriptor(globalThis, "URL");
  Object.defineProperty(globalThis, "URL", { value: URL, writable: true, configurable: true, enumerable: false });
  try {
    return work();
  } finally {
    if (taken !== undefined) Object.defineProperty(globalThis, "URL", taken);
  }
}

function explained(cause: unknown, specifier: string, from: string): unknown {
  const { code, message } = Object(cause);
  if (typeof code !== "string" || typeof message !== "string") return cause;
  // Of a package without its main file the message has the path.
  const isMissing = /^Cannot find (?:package|module) '(?!\/)/.test(message);
  return isMissing ? missingPackage(specifier, from) : damagedPackage(specifier, message);
}
