/**
 * Files that change while a notebook runs. Modules are kept by their address, so a changed file needs a new one: its
 * edition is in it.
 * @module
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { localFile } from "./local-file.js";

/** Letters of an edition: 60 bits, so that no two states of the files of a notebook share one. */
const EDITION_LETTERS = 15;

/** What was read from one state of a file. */
interface ReadFile {
  readonly text: string;
  readonly stamp: string;
  /** what it imports by paths, as absolute paths; which files they mean changes when one is made or removed */
  readonly imports: readonly string[];
}

/** A file as it is now, with everything that it imports by paths. */
export interface Edition {
  readonly text: string;
  /** the same until one of the files is written anew */
  readonly name: string;
}

const known = new Map<string, ReadFile>();
const load = createRequire(import.meta.url);

/**
 * The present state of a file and of all files it imports by paths.
 * @throws the error of the file system if the file cannot be read
 */
export function editionOf(file: string): Edition {
  const { text } = read(file);
  const seen = new Map<string, string>();
  const waiting = [file];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    const { stamp, imports } = read(next);
    seen.set(next, stamp);
    waiting.push(...imports.flatMap((path) => localFile(path) ?? []));
  }
  const states = [...seen].map(([path, stamp]) => `${path}\n${stamp}`).sort();
  return { text, name: digest([file, ...states].join("\n")).slice(0, EDITION_LETTERS) };
}

/** By content, not by time: within the clock of a file system a file may change twice. */
function read(file: string): ReadFile {
  const text = readFileSync(file, "utf8");
  const stamp = digest(text);
  const before = known.get(file);
  const imports = before?.stamp === stamp ? before.imports : importsOf(file, text);
  const now = { text, stamp, imports };
  known.set(file, now);
  return now;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function importsOf(file: string, text: string): readonly string[] {
  if (!/\.[mc]?[jt]sx?$/.test(file)) return [];
  return specifiersOf(file, text).flatMap((specifier) => {
    const path = specifier.startsWith("file:") ? fileURLToPath(specifier) : specifier;
    return /^(?:\.{0,2}\/|\.{1,2}$)/.test(path) ? resolve(dirname(file), path) : [];
  });
}

function specifiersOf(file: string, text: string): readonly string[] {
  // Loaded late: a worker that imports no file of the user needs no parser.
  const { parseSync }: typeof import("oxc-parser") = load("oxc-parser");
  const { module } = parseSync(file, text);
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => text.slice(start, end));
  const required = [...text.matchAll(/\brequire\(\s*(["'][^"'\n]+["'])/g)].map((match) => match[1] ?? "");
  return [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    ...[...dynamic, ...required].flatMap((literal) => /^(["'`])([^$]*)\1$/.exec(literal)?.[2] ?? []),
  ];
}
