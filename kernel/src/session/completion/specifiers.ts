import { builtinModules } from "node:module";
import { join } from "node:path";
import type { Token } from "../code/tokens.js";
import { ownModules } from "../scope/module-url.js";
import type { CompletionEntry } from "../session.js";
import { folderEntries } from "./folder-entries.js";

const files = /\.(?:[cm]?[jt]s|json|node|wasm)$/;

/** True if a string that follows these tokens names a module: `from "`, `import "`, `import("` or `require("`. */
export function isSpecifier(tokens: readonly Token[]): boolean {
  const [before, last] = [tokens.at(-2), tokens.at(-1)];
  if (last?.text === "(") return before?.text === "import" || before?.text === "require";
  return last?.kind === "name" && (last.text === "from" || last.text === "import");
}

/** Modules that a cell may import: files beside the notebook, Node's own, and packages in its folder. */
export function specifiersOf(prefix: string, folder: string): CompletionEntry[] {
  if (prefix.startsWith(".")) return filesOf(prefix, folder);
  const packages = packagesOf(prefix, join(folder, "node_modules"));
  const own = [...ownModules.keys()].filter((specifier) => specifier.startsWith(prefix));
  const bare = builtinModules.filter((name) => !name.startsWith("_") && !name.startsWith("node:"));
  // `fs` finds `node:fs`.
  const builtins = bare.filter((name) => `node:${name}`.startsWith(prefix) || name.startsWith(prefix));
  return [...own, ...packages, ...builtins.map((name) => `node:${name}`).sort()].map(module);
}

function filesOf(prefix: string, folder: string): CompletionEntry[] {
  const upwards = ["./", "../"].filter((text) => text.startsWith(prefix));
  if (upwards.length > 0 && !prefix.endsWith("/")) return upwards.map((text) => ({ text, type: "path" }));
  const slash = prefix.lastIndexOf("/") + 1;
  const place = prefix.slice(0, slash);
  const entries = folderEntries(join(folder, place), prefix.slice(slash));
  const wanted = entries.filter(({ name, isFolder }) => (isFolder ? name !== "node_modules/" : files.test(name)));
  return wanted.map(({ name }) => ({ text: place + name, type: "path" }));
}

function packagesOf(prefix: string, modules: string): string[] {
  const slash = prefix.indexOf("/") + 1;
  const scope = prefix.startsWith("@") ? prefix.slice(0, slash) : "";
  if (slash > 0 && scope === "") return [];
  return folderEntries(join(modules, scope), prefix.slice(scope.length))
    .filter(({ isFolder }) => isFolder)
    .map(({ name }) => scope + (name.startsWith("@") ? name : name.slice(0, -1)));
}

function module(text: string): CompletionEntry {
  return { text, type: text.endsWith("/") ? "path" : "module" };
}
