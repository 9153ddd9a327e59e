import { positionIn } from "../code/code-points.js";
import type { SyntaxProblem } from "./syntax-problem.js";

/**
 * Built-ins that the kernel, Node's own modules and npm packages look up while they run. Names of cells are
 * properties of the one global object, so another `Map` there would break every later cell.
 */
const RESERVED = new Set(
  `Object Function Array Number Boolean String Symbol BigInt Math JSON Date RegExp Promise Proxy Reflect Map Set
  WeakMap WeakSet WeakRef FinalizationRegistry Error AggregateError EvalError RangeError ReferenceError SyntaxError
  TypeError URIError ArrayBuffer SharedArrayBuffer DataView Atomics Int8Array Uint8Array Uint8ClampedArray Int16Array
  Uint16Array Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array WebAssembly Intl
  globalThis`.split(/\s+/),
);

/** The problem of a cell that declares a built-in anew; nothing if it declares none. */
export function reservedName(source: string, names: ReadonlySet<string>): SyntaxProblem | undefined {
  const name = [...names].find((declared) => RESERVED.has(declared));
  if (name === undefined) return undefined;
  const declared = new RegExp(`\\b(?:class|const|let|var|enum|namespace|function\\s*\\*?)\\s+(?=${name}\\b)`).exec(
    source,
  );
  const at = declared ? declared.index + declared[0].length : Math.max(0, source.search(new RegExp(`\\b${name}\\b`)));
  return {
    message: `${name} is a built-in that the kernel needs itself: choose another name (import { ${name} as Own${name} }), or declare it inside a block { }`,
    ...positionIn(source, at),
  };
}
