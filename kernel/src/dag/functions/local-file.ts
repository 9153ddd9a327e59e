/**
 * Files that an import names by a path, found as TypeScript finds them.
 * @module
 */
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** Ends that an import may leave out, in the order they are tried. */
const ENDINGS = [".ts", ".tsx", ".mts", ".js", ".mjs", ".cjs", ".json"];
/** What an import writes for a TypeScript file: the name that a compiler would give its result. */
const COMPILED: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx"],
  ".jsx": [".tsx"],
  ".mjs": [".mts"],
};

/** How a file is loaded. Node loads what is `other` by itself: an add-on, WebAssembly, a file without an ending. */
export type FileKind = "module" | "commonjs" | "json" | "other";

/**
 * The file that an import means by `path`: itself, the `.ts` it would be compiled from, with an ending that was left
 * out, or the index of a folder. Nothing if there is none.
 */
export function localFile(path: string): string | undefined {
  return candidates(path).find(isFile);
}

/** How a file of the user is loaded, told by its ending and for `.js` by its text and its package too. */
export function fileKind(path: string, text: string): FileKind {
  switch (/\.\w+$/.exec(path)?.[0]) {
    case ".ts":
    case ".tsx":
    case ".mts":
    case ".mjs":
    case ".jsx":
      return "module";
    case ".cjs":
      return "commonjs";
    case ".json":
      return "json";
    case ".js":
      return isModuleText(text) || isModulePackage(dirname(path)) ? "module" : "commonjs";
    default:
      return "other";
  }
}

/** True for what TypeScript's compiler would have to compile before Node could run it. */
export function isTypeScript(path: string): boolean {
  return /\.[mc]?tsx?$/.test(path);
}

function candidates(path: string): readonly string[] {
  const ending = /\.\w+$/.exec(path)?.[0] ?? "";
  const stem = path.slice(0, path.length - ending.length);
  const sources = (COMPILED[ending] ?? []).map((source) => stem + source);
  const ended = ENDINGS.map((left) => path + left);
  const indexes = ENDINGS.map((left) => join(path, `index${left}`));
  return [path, ...sources, ...ended, ...indexes];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** A statement that only modules have; in a comment or string it stands behind something. */
function isModuleText(text: string): boolean {
  return /^[ \t\uFEFF]*(?:import\s*[\w{*"']|export\s+(?:default|const|let|var|class|async|function)|export\s*[{*])/m.test(
    text,
  );
}

function isModulePackage(folder: string): boolean {
  const file = join(folder, "package.json");
  if (isFile(file)) {
    try {
      return JSON.parse(readFileSync(file, "utf8")).type === "module";
    } catch {
      // Node names the error in it when it comes to that file.
      return false;
    }
  }
  const parent = dirname(folder);
  return parent !== folder && isModulePackage(parent);
}
