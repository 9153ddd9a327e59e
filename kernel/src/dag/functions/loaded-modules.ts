/**
 * Finds the module a value came from by identity: Node's own modules and whatever `require` loaded.
 * @module
 */
import { createRequire } from "node:module";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { types } from "node:util";
import { isObject } from "../../kinds.js";
import type { ModuleExport } from "./shipped.js";

interface LoadedModule {
  readonly exports: unknown;
  readonly loaded: boolean;
}

const require = createRequire(import.meta.url);
const origins = new WeakMap<object, ModuleExport>();
const seenBuiltins = new Set<string>();
const seenFiles = new Set<string>();

/** Exports of the modules of Node and of `require` that are loaded by now, found by value. */
export function loadedModules(): { get(value: object): ModuleExport | undefined } {
  addBuiltins();
  addRequired();
  return origins;
}

/** Only modules that are loaded already: the value came from one of them. */
function addBuiltins(): void {
  const { moduleLoadList } = process as { moduleLoadList?: readonly string[] };
  if (moduleLoadList === undefined || moduleLoadList.length === seenBuiltins.size) return;
  for (const entry of moduleLoadList) {
    if (seenBuiltins.has(entry)) continue;
    seenBuiltins.add(entry);
    const name = /^NativeModule (?!internal\/)(?!_)(.+)$/.exec(entry)?.[1];
    const exports = name === undefined || name === "punycode" ? undefined : process.getBuiltinModule(name);
    add(exports, `node:${name}`);
  }
}

function addRequired(): void {
  const cache: Readonly<Record<string, LoadedModule | undefined>> = require.cache;
  const files = Object.keys(cache);
  if (files.length === seenFiles.size) return;
  for (const file of files) {
    const module = cache[file];
    if (seenFiles.has(file) || !module?.loaded) continue;
    seenFiles.add(file);
    // The main script is never imported: a worker would run the whole program again.
    if (process.argv[1] !== file) add(module.exports, pathToFileURL(file).href);
  }
}

function add(exports: unknown, specifier: string): void {
  if (!isObject(exports)) return;
  // An import of a CommonJS file gives `module.exports` as its default; not every member is a named export.
  const isCommonJs = !specifier.startsWith("node:") && !types.isModuleNamespaceObject(exports);
  note(exports, types.isModuleNamespaceObject(exports) ? { specifier } : { specifier, export: "default" });
  for (const name of Object.keys(exports)) {
    const value: unknown = Object.getOwnPropertyDescriptor(exports, name)?.value;
    if (isObject(value)) note(value, { specifier, export: isCommonJs ? `default.${name}` : name });
  }
}

function note(value: object, origin: ModuleExport): void {
  if (!origins.has(value)) origins.set(value, origin);
}
