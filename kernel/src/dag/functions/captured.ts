/**
 * Finds what the free names of a function stand for.
 * @module
 */
import { ShipError } from "../../errors.js";
import type { Analysis } from "./analyse.js";
import { declaredModule } from "./module-function.js";
import { type FunctionPlace, type FunctionScope, inspectFunction } from "./scopes.js";
import { cellFile, type ScriptFile, scriptFile } from "./script-file.js";
import type { SessionScope, SourcePlace, ValueRef } from "./shipped.js";
import { isWorkerGlobal } from "./worker-globals.js";

/** What a name stands for: a value to ship, or something the worker gets by itself. */
export type Origin =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "ref"; readonly ref: ValueRef };

/** What a function captured, and where and how it was written. */
export interface Captured {
  readonly names: ReadonlyMap<string, Origin>;
  readonly place: SourcePlace | undefined;
  readonly isStrict: boolean;
}

interface Surroundings {
  readonly scopes: readonly FunctionScope[];
  readonly place: FunctionPlace | undefined;
  readonly file: ScriptFile | undefined;
  /** why the scopes could not be read */
  readonly problem?: unknown;
}

interface Search {
  readonly fn: object;
  readonly analysis: Analysis;
  readonly around: Surroundings;
  readonly scope: SessionScope;
  /** names the function in errors */
  readonly label: string;
}

/** Owner of a variable, as an error names it. */
const OWNERS = {
  closure: "a variable of the function around it",
  module: "a variable of its module",
  script: "a variable of the notebook",
  global: "a global",
} as const;

/** Functions that stand directly in a cell: no scope to read, so the inspector is asked only once. */
const topLevel = new WeakMap<object, Surroundings>();

/**
 * The values behind the free names of `fn`, looked for in this order: the functions around it, imports,
 * names of cells, globals.
 * @param path how the function was reached, for errors: `outer → inner`
 * @throws {ShipError} for a name that is assigned to or found nowhere
 */
export function findCaptured(fn: object, analysis: Analysis, scope: SessionScope, path: string): Captured {
  const around = topLevel.get(fn) ?? surroundings(fn, analysis, scope);
  if (around.scopes.length === 0 && around.problem === undefined) topLevel.set(fn, around);
  const place = around.file && around.place ? sourcePlace(analysis, around.file.name, around.place) : undefined;
  const search: Search = { fn, analysis, around, scope, label: functionLabel(path, place, scope) };
  const names = new Map<string, Origin>();
  for (const name of analysis.free) {
    const origin = findName(name, search);
    if (origin !== undefined) names.set(name, origin);
  }
  return { names, place, isStrict: isStrict(fn, analysis, around) };
}

/** How errors name a function: `function outer → inner (cell-3.ts:2)`. */
export function functionLabel(path: string, place: SourcePlace | undefined, scope: SessionScope): string {
  const written = place && (scope.writtenAt?.(place) ?? place);
  return `function ${path}${written?.file ? ` (${written.file}:${written.line + 1})` : ""}`;
}

function surroundings(fn: object, analysis: Analysis, scope: SessionScope): Surroundings {
  try {
    const { scopes, place } = inspectFunction(fn);
    const isModule = scopes.some(({ kind }) => kind === "module");
    if (place === undefined) return { scopes, place, file: undefined };
    const file = cellFile(fn, place, analysis.anchor, scope) ?? scriptFile(place.scriptId, isModule);
    return { scopes, place, file };
  } catch (problem) {
    // Built without the inspector, or forbidden by the permission model: names of cells still work.
    return { scopes: [], place: undefined, file: undefined, problem };
  }
}

function findName(name: string, search: Search): Origin | undefined {
  const { fn, analysis, around, scope } = search;
  const isWritten = analysis.written.has(name);
  const checked = (owner: keyof typeof OWNERS, origin: Origin | undefined): Origin | undefined => {
    if (isWritten) throw assigned(name, owner, search);
    return origin;
  };
  for (const { kind, variables } of around.scopes) {
    if (!Object.hasOwn(variables, name)) continue;
    const imported = kind === "module" ? fileImport(name, around.file) : undefined;
    if (imported !== undefined) return imported;
    if (kind === "script") break;
    return checked(kind, named(name, variables[name], variables));
  }
  // V8 keeps a superclass only in the class itself, unless a method uses its name too.
  if (name === analysis.superName && !isWritten) return { kind: "value", value: Object.getPrototypeOf(fn) };
  const bound = scope.lookup(name);
  const imported = scope.importOf(name);
  // A declared function is an export of a small module; the import it came by may be a whole library.
  if (imported !== undefined && declaredModule(bound.value) === undefined) {
    return { kind: "ref", ref: { kind: "module", ...imported } };
  }
  if (bound.found) return checked("script", named(name, bound.value));
  const script = around.scopes.find(({ kind, variables }) => kind === "script" && Object.hasOwn(variables, name));
  if (script !== undefined) return checked("script", named(name, script.variables[name]));
  if (isWorkerGlobal(name)) return checked("global", undefined);
  if (name === "require") return { kind: "ref", ref: { kind: "require" } };
  const globals = globalThis as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(globals, name)) return checked("script", named(name, globals[name]));
  if (analysis.probed.has(name) && !isWritten) return undefined;
  throw unknown(name, search);
}

function assigned(name: string, owner: keyof typeof OWNERS, { label }: Search): ShipError {
  return new ShipError(
    `${label} assigns to '${name}', ${OWNERS[owner]}: each worker has its own copy, so the change would be lost. ` +
      "Return the value instead.",
    { variable: name },
  );
}

function unknown(name: string, { label, around }: Search): ShipError {
  if (around.problem === undefined) {
    return new ShipError(`${label} uses '${name}', which is not defined. Define or import it in a cell first.`, {
      variable: name,
    });
  }
  return new ShipError(
    `${label} uses '${name}', which is not a variable of the notebook; reading the variables of the function around ` +
      "it needs the V8 inspector, which is not available. Define what it needs at the top level.",
    { variable: name },
    { cause: around.problem },
  );
}

/** Each file has its own `require`: the worker makes one for the same file. */
function named(name: string, value: unknown, variables: Readonly<Record<string, unknown>> = {}): Origin {
  if (name === "require" && typeof value === "function" && "resolve" in value) {
    const { __filename: from } = variables;
    return { kind: "ref", ref: typeof from === "string" ? { kind: "require", from } : { kind: "require" } };
  }
  return { kind: "value", value };
}

function fileImport(name: string, file: ScriptFile | undefined): Origin | undefined {
  const imported = file?.imports.get(name);
  // A worker may not be able to import the neighbours of a file that a loader translated; they go by value.
  if (imported?.specifier.startsWith(".") && !/\.[cm]?js$/.test(file?.name ?? "")) return undefined;
  return imported && file && { kind: "ref", ref: { kind: "module", ...imported, from: file.name } };
}

/** V8 tells where the parameters begin (`anchor`); the source begins before them. */
function sourcePlace(analysis: Analysis, file: string, place: FunctionPlace): SourcePlace {
  const before = analysis.source.slice(0, analysis.anchor).split("\n");
  const isSameLine = before.length === 1;
  return {
    file,
    line: place.line - (before.length - 1),
    column: isSameLine ? place.column - analysis.anchor : 0,
  };
}

/** Code of a module is strict; a sloppy `function` shows itself by its own `arguments` property. */
function isStrict(fn: object, analysis: Analysis, { scopes }: Surroundings): boolean {
  if (scopes.some(({ kind }) => kind === "module")) return true;
  const isPlainFunction = analysis.form === "expression" && /^function\b(?!\s*\*)/.test(analysis.source);
  return isPlainFunction && !Object.hasOwn(fn, "arguments");
}
