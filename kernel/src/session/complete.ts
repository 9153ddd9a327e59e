import { types } from "node:util";
import type { Completion } from "./session.js";

const keywords =
  "abstract as async await break case catch class const continue debugger declare default delete do else enum export extends false finally for function if implements import in instanceof interface keyof let namespace new null of private protected public readonly return satisfies static super switch this throw true try type typeof undefined using var void while yield".split(
    " ",
  );

const name = "[\\p{ID_Start}$_][\\p{ID_Continue}$\\u200c\\u200d]*";
// A path such as `rows[0].name.`, then the beginning of the name to complete. A call or a closing bracket in
// front of it cannot be evaluated without running something.
const pattern = new RegExp(
  `(^|[^\\p{ID_Continue}$.)\\]"'\`])((?:${name}(?:\\[\\d+\\])*[!?]?\\.)*)((?:${name})?)$`,
  "u",
);
const declared = new RegExp(`\\b(?:const|let|var|function\\*?|class|enum|namespace)\\s+(${name})`, "gu");

/**
 * Names that may stand at the cursor: variables and keywords, or the properties of what is left of a dot.
 * Nothing is run for it: getters and proxies end the search.
 * @param cursorPos in Unicode code points
 * @param cellNames global names that cells have bound
 */
export function complete(code: string, cursorPos: number, cellNames: readonly string[]): Completion {
  const points = [...code];
  const before = points.slice(0, cursorPos).join("");
  const [, , path, prefix] = pattern.exec(before) ?? [];
  const none = { entries: [], cursorStart: cursorPos, cursorEnd: cursorPos };
  if (path === undefined || prefix === undefined || (path === "" && prefix === "")) return none;
  const candidates = path === "" ? variableNames(code, cellNames) : propertiesOf(path);
  const matches = [...new Set(candidates)].filter((candidate) => candidate.startsWith(prefix) && candidate !== prefix);
  const entries = matches.map((text) => ({ text, type: "" }));
  return { entries, cursorStart: cursorPos - [...prefix].length, cursorEnd: cursorPos };
}

function variableNames(code: string, cellNames: readonly string[]): readonly string[] {
  const inThisCell = [...code.matchAll(declared)].map((match) => match[1]);
  const nodeNames = Object.getOwnPropertyNames(globalThis).filter((global) => !global.startsWith("__"));
  return [...inThisCell, ...cellNames, ...keywords, ...nodeNames.sort()];
}

function propertiesOf(path: string): readonly string[] {
  const steps = path.match(new RegExp(`${name}|\\d+`, "gu")) ?? [];
  const [first, ...rest] = steps;
  const root = first === undefined ? undefined : globalValue(first);
  const value = rest.reduce<unknown>((current, step) => readQuietly(current, step), root);
  return value === undefined || value === null ? [] : namesAlong(Object(value));
}

/** Node defines some of its globals (`process`, `Buffer`, `crypto`) by getters that only load them. */
function globalValue(variable: string): unknown {
  if (variable === "this" || variable === "globalThis") return globalThis;
  return Object.hasOwn(globalThis, variable) ? Reflect.get(globalThis, variable) : undefined;
}

function readQuietly(value: unknown, property: string): unknown {
  for (let holder = objectOf(value); holder; holder = objectOf(Object.getPrototypeOf(holder))) {
    const found = Object.getOwnPropertyDescriptor(holder, property);
    if (found) return found.value;
  }
  return undefined;
}

/** Names of an object's own properties and then of its prototypes; indices are left out. */
function namesAlong(value: object): readonly string[] {
  const names: string[] = [];
  for (let holder = objectOf(value); holder; holder = objectOf(Object.getPrototypeOf(holder))) {
    const isList = holder === value && (Array.isArray(holder) || ArrayBuffer.isView(holder));
    names.push(...(isList ? ["length"] : Object.getOwnPropertyNames(holder).filter(isName).sort()));
  }
  return names;
}

function isName(property: string): boolean {
  return new RegExp(`^${name}$`, "u").test(property) && !property.startsWith("__");
}

/** Nothing for a proxy: its traps are code of the user. */
function objectOf(value: unknown): object | undefined {
  if (value === null || value === undefined || types.isProxy(value)) return undefined;
  return Object(value);
}
