/**
 * The files of a notebook as modules that any thread can import: each edition is compiled once, into a folder of
 * this process, and never changes there. Node 20 could compile while it loads, but with a thread of its own for
 * every thread that imports (measured: 30 ms and 10 to 22 MB each), and a worker would read a file that may have
 * changed since a cell imported it.
 * @module
 */
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { threadId } from "node:worker_threads";
import { ImportError } from "../../errors.js";
import { type CompiledModule, compileModule, wrapCommonJs, wrapJson } from "./compile-module.js";
import { editionOf } from "./edition.js";
import { type FileKind, fileKind, isTypeScript } from "./local-file.js";
import { isPath, resolveModule } from "./resolve-module.js";
import { isStored, storeFolder } from "./store-folder.js";

/** Endings of stored files: Node tells by them what they are. */
const ENDINGS = { module: ".mjs", json: ".mjs", commonjs: ".cjs" } as const;

/** What stands beside a stored file: where it came from. */
export interface StoredOrigin {
  readonly file: string;
  /** what stack traces show; empty for data */
  readonly text: string;
  readonly maps: CompiledModule["maps"];
  readonly linesBefore: number;
}

/** Files to store, by their paths: all that one import needs, or none of them. */
type Batch = Map<string, { readonly code: string; readonly origin: StoredOrigin } | undefined>;

/**
 * Where to import from what `specifier` means: files of the user from the store, in their present edition; packages
 * and the kernel's own library from where they are.
 * @param from URL of the file that imports it
 * @throws {ImportError} if it is not there, cannot be compiled, or imports something that is not there
 */
export function importUrl(specifier: string, from: string): string {
  const batch: Batch = new Map();
  const url = urlFor(specifier, from, batch);
  for (const [path, entry] of batch) if (entry) store(path, entry.code, entry.origin);
  return url;
}

/** The address of a file in its present edition; its own if Node loads it best from where it is. */
export function editionUrl(file: string): string {
  const url = pathToFileURL(file).href;
  return importUrl(url, url);
}

/** Path of what tells where a stored file came from. */
export function originFile(url: string): string {
  return `${url.startsWith("file:") ? fileURLToPath(url) : url}.json`;
}

function urlFor(specifier: string, from: string, batch: Batch): string {
  const url = resolveModule(specifier, from);
  if (!isOfUser(url) || !(isPath(specifier) || isTypeScript(url))) return url;
  const file = fileURLToPath(url);
  const { text, name } = editionOf(file);
  const kind = fileKind(file, text);
  if (kind === "other") {
    if (!file.endsWith(".cts")) return url;
    throw new ImportError(`${file} is TypeScript for CommonJS: name it .ts, or compile it to .cjs`, { file });
  }
  const path = join(storeFolder(), `${basename(file).replace(/\W+/g, "-")}-${name}${ENDINGS[kind]}`);
  if (!batch.has(path) && !existsSync(path)) {
    // Before its imports, which may lead back to it.
    batch.set(path, undefined);
    const { code, ...places } = compiled(kind, file, text, batch);
    batch.set(path, { code, origin: { file, text: kind === "json" ? "" : text, ...places } });
  }
  return pathToFileURL(path).href;
}

const ownRoot = new URL("../../", import.meta.url).href.replace("/kernel/src/", "/kernel/dist/");

/** Packages come as what they are, and their files do not change while a notebook runs. */
function isOfUser(url: string): boolean {
  return url.startsWith("file:") && !url.includes("/node_modules/") && !isStored(url) && !url.startsWith(ownRoot);
}

function compiled(kind: Exclude<FileKind, "other">, file: string, text: string, batch: Batch): CompiledModule {
  const url = pathToFileURL(file).href;
  if (kind === "json") return wrapJson(file, text);
  if (kind === "commonjs") return wrapCommonJs(url, text);
  return compileModule(url, file, text, (specifier) => urlFor(specifier, url, batch));
}

/** Whole at once: another thread may want the same file. */
function store(path: string, code: string, origin: StoredOrigin): void {
  const draft = `${path}.${threadId}`;
  writeFileSync(draft, JSON.stringify(origin));
  renameSync(draft, originFile(path));
  writeFileSync(draft, code);
  renameSync(draft, path);
}
