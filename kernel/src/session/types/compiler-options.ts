import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { builtFile } from "../../built-file.js";
import { boundNames } from "../bound-names.js";

/** Options of a tsconfig. */
export type CompilerOptions = Readonly<Record<string, unknown>>;

/**
 * Options of a notebook's own tsconfig that are about how types are looked up and checked. The others are about
 * files that are written, or about style (`noUnusedLocals`), which a cell is free of.
 */
const RESPECTED = [
  "strict",
  "strictNullChecks",
  "strictFunctionTypes",
  "strictPropertyInitialization",
  "exactOptionalPropertyTypes",
  "noUncheckedIndexedAccess",
  "useUnknownInCatchVariables",
  "experimentalDecorators",
  "customConditions",
  "types",
];

/**
 * Checks what goes wrong when a cell runs (`undefined`, missing properties, wrong arguments) and is silent about
 * style. `noImplicitAny` is on because the type of `const rows = []` grows with what is pushed only then, else it
 * is `never[]`; what it finds is not shown.
 */
const defaults: CompilerOptions = {
  strict: true,
  strictPropertyInitialization: false,
  strictBuiltinIteratorReturn: false,
  useUnknownInCatchVariables: false,
  noImplicitThis: false,
  experimentalDecorators: true,
};

/** What cells are, whatever the notebook's folder says. */
const fixed: CompilerOptions = {
  target: "esnext",
  lib: ["esnext"],
  module: "preserve",
  moduleDetection: "force",
  noImplicitAny: true,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  noEmit: true,
};

/**
 * The options that cells are checked with.
 * @param folder where the notebook lies
 * @param own the options of the notebook's tsconfig
 */
export function compilerOptions(folder: string, own: CompilerOptions): CompilerOptions {
  const respected = Object.fromEntries(RESPECTED.flatMap((name) => (name in own ? [[name, own[name]]] : [])));
  return {
    ...defaults,
    ...respected,
    ...fixed,
    types: [...new Set(["node", ...listOf(respected.types)])],
    typeRoots: [join(folder, "node_modules", "@types"), nodeTypesFolder(folder)],
    paths: { ...ownPaths(own), dagbook: [ownTypes("index")], "dagbook/graph": [ownTypes("dag/graph/index")] },
  };
}

/** Declares the names that every cell has without an import. */
export function boundNamesFile(): string {
  const names = boundNames.map((name) => `const ${name}: typeof library.${name};`).join(" ");
  return `import * as library from "dagbook";\ndeclare global { ${names} }\n`;
}

/** The tsconfig of the notebook, if it has one. */
export function ownConfig(folder: string): string | undefined {
  const path = join(folder, "tsconfig.json");
  return existsSync(path) ? path : undefined;
}

/** Where the types of Node are: those of the notebook's packages, else the kernel's own. */
function nodeTypesFolder(folder: string): string {
  for (const from of [join(folder, "cell.ts"), fileURLToPath(import.meta.url)]) {
    try {
      return dirname(dirname(createRequire(from).resolve("@types/node/package.json")));
    } catch {
      // Not there: the next place is asked.
    }
  }
  return folder;
}

/** A path may stand in a tsconfig that the notebook's own one extends, and is meant from there. */
function ownPaths({ paths, pathsBasePath }: CompilerOptions): Readonly<Record<string, readonly string[]>> {
  if (typeof pathsBasePath !== "string") return {};
  const fromBase = (targets: unknown) => listOf(targets).map((target) => resolve(pathsBasePath, target));
  return Object.fromEntries(Object.entries(Object(paths)).map(([name, targets]) => [name, fromBase(targets)]));
}

function ownTypes(file: string): string {
  return fileURLToPath(builtFile(import.meta.url, `../../${file}.d.ts`));
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
