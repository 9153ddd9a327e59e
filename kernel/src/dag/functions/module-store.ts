/**
 * The files of a notebook as modules that any thread can import: each edition is compiled once, into a folder of
 * this process, and never changes there. Node 20 could compile while it loads, but with a thread of its own for
 * every thread that imports (measured: 30 ms and 10 to 22 MB each), and a worker would read a file that may have
 * changed since a cell imported it.
 * @module
 */
import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { basename, join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isMainThread, threadId } from "node:worker_threads";
import { ImportError } from "../../errors.js";
import { type CompiledModule, compileModule, wrapCommonJs, wrapJson } from "./compile-module.js";
import { editionOf } from "./edition.js";
import { type FileKind, fileKind } from "./local-file.js";
import { resolveModule } from "./resolve-module.js";

const PREFIX = "dagbook-modules-";
/** Endings of stored files: Node tells by them what they are. */
const ENDINGS = { module: ".mjs", json: ".mjs", commonjs: ".cjs" } as const;

/** What stands beside a stored file: where it came from. */
export interface StoredOrigin {
  readonly file: string;
  readonly text: string;
  readonly maps: CompiledModule["maps"];
  readonly linesBefore: number;
}

/** Addresses in the store, of editions that are there. */
const stored = new Set<string>();

/**
 * Where to import from, in place of `url`: files of the user from the store, in their present edition; everything
 * else from where it is.
 * @throws {ImportError} if a file cannot be compiled or imports something that is not there
 */
export function importUrl(url: string): string {
  if (!isOfUser(url)) return url;
  const file = fileURLToPath(url);
  const { text, name } = editionOf(file);
  const kind = fileKind(file, text);
  if (kind === "other") {
    if (file.endsWith(".cts"))
      throw new ImportError(`${file} is TypeScript for CommonJS: name it .ts, or compile it to .cjs`);
    return url;
  }
  const target = pathToFileURL(join(folder(), `${basename(file).replace(/\W+/g, "-")}-${name}${ENDINGS[kind]}`)).href;
  if (stored.has(target)) return target;
  // Before its imports: they may lead back to it.
  stored.add(target);
  try {
    if (!existsSync(fileURLToPath(target))) store(fileURLToPath(target), file, text, compiled(kind, file, text));
  } catch (error) {
    stored.delete(target);
    throw error;
  }
  return target;
}

/** True for the address or path of a stored file. */
export function isStored(url: string): boolean {
  return url.includes(`/${PREFIX}`);
}

/** Path of what tells where a stored file came from. */
export function originFile(url: string): string {
  return `${url.startsWith("file:") ? fileURLToPath(url) : url}.json`;
}

/** Packages come as what they are, and their files do not change while a notebook runs. */
function isOfUser(url: string): boolean {
  return url.startsWith("file:") && !url.includes("/node_modules/") && !isStored(url) && !url.startsWith(ownRoot);
}

const ownRoot = new URL("../../", import.meta.url).href.replace("/kernel/src/", "/kernel/dist/");

function compiled(kind: Exclude<FileKind, "other">, file: string, text: string): CompiledModule {
  const url = pathToFileURL(file).href;
  if (kind === "json") return wrapJson(file, text);
  if (kind === "commonjs") return wrapCommonJs(url, text);
  return compileModule(url, file, text, (specifier) => importUrl(resolveModule(specifier, url)));
}

/** Whole at once: another thread may want the same file. */
function store(target: string, file: string, text: string, { code, ...places }: CompiledModule): void {
  const draft = `${target}.${threadId}`;
  const origin: StoredOrigin = { file, text, ...places };
  writeFileSync(draft, JSON.stringify(origin));
  renameSync(draft, originFile(target));
  writeFileSync(draft, code);
  renameSync(draft, target);
}

let made: string | undefined;

/** Folder of the store: one for all threads of this process, gone when it ends. */
function folder(): string {
  if (made !== undefined) return made;
  const path = join(tmpdir(), `${PREFIX}${process.pid}`);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(path);
  // In a folder that all share, somebody else may have been there first.
  if (uid !== userInfo().uid || (mode & 0o022) !== 0) {
    throw new ImportError(`${path} belongs to somebody else: set TMPDIR to a folder of your own`, { folder: path });
  }
  if (isMainThread) {
    removeLeftovers();
    process.on("exit", () => rmSync(path, { recursive: true, force: true }));
  }
  made = path;
  return path;
}

/** Of processes that were killed. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.startsWith(PREFIX) ? name.slice(PREFIX.length) : Number.NaN);
    if (!Number.isInteger(pid) || isRunning(pid)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // That of another user.
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return Object(error).code === "EPERM";
  }
}
