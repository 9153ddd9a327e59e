/**
 * Keys of a graph: how they are checked, told apart, shown and grouped.
 * @module
 */
import { KeyError } from "../../errors.js";

/** A name, or a name with block indices: `"total"`, `["x", 0, 1]`. */
export type Key = string | number | readonly Key[];

const DEEPEST_KEY = 16;

/**
 * A string that only this key has, for use in a Map. Most keys are plain strings and are their own id.
 * @throws {KeyError} if the value is not a string, a finite number or an array of those
 * @example keyId(["a", 0]) !== keyId("a,0") // true
 */
export function keyId(key: Key): string {
  if (typeof key === "string" && key.charCodeAt(0) !== 0) return key;
  return `\0${encode(key, key, 0)}`;
}

/**
 * Does nothing for a key.
 * @throws {KeyError} as `keyId`
 */
export function checkKey(key: Key): void {
  if (typeof key !== "string" && !isBlockKey(key)) keyId(key);
}

/** True for a name and one or more indices, the keys of blocks. */
export function isBlockKey(key: unknown): key is readonly [string, ...number[]] {
  if (!Array.isArray(key) || key.length < 2 || typeof key[0] !== "string") return false;
  for (let i = 1; i < key.length; i++) if (!Number.isFinite(key[i])) return false;
  return true;
}

/** Strings carry their length and numbers an end mark, so no two keys give one text. */
function encode(part: unknown, whole: unknown, depth: number): string {
  if (typeof part === "string") return `${part.length}:${part}`;
  if (typeof part === "number" && Number.isFinite(part)) return `n${part};`;
  if (!Array.isArray(part) || depth > DEEPEST_KEY) throw invalidKey(part, whole);
  let text = "[";
  for (const item of part) text += encode(item, whole, depth + 1);
  return `${text}]`;
}

function invalidKey(part: unknown, whole: unknown): KeyError {
  if (Array.isArray(part)) {
    return new KeyError(`a key is nested more than ${DEEPEST_KEY} levels deep: use a name and block indices`, {
      key: whole,
    });
  }
  const where = part === whole ? "" : " inside an array";
  return new KeyError(
    `${describe(part)}${where} is not a key: use a string, a finite number, or an array of those such as ["x", 0]`,
    { key: whole },
  );
}

function describe(value: unknown): string {
  if (value === null || typeof value !== "object") return String(value);
  return `an object of class ${value.constructor?.name ?? "(none)"}`;
}

/**
 * A key as people read it.
 * @example formatKey(["x", 0, 1]) // "x[0,1]"
 */
export function formatKey(key: Key): string {
  if (!isList(key)) return String(key);
  if (isBlockKey(key)) {
    let text = `${key[0]}[${key[1]}`;
    for (let i = 2; i < key.length; i++) text += `,${key[i]}`;
    return `${text}]`;
  }
  const [first, ...rest] = key;
  if (typeof first === "string" && rest.length > 0) return `${first}[${rest.map(formatKey).join(",")}]`;
  return `[${key.map(formatKey).join(",")}]`;
}

/**
 * The name that related keys share: the key without block indices, numbers and hashes at its end.
 * @see Dask `key_split`, dask/utils.py
 * @example groupOfKey(["load-3f2a9c01", 0, 1]) // "load"
 */
export function groupOfKey(key: Key): string {
  if (isList(key)) return key.length > 0 ? groupOfKey(key[0]) : "task";
  if (typeof key === "number") return "task";
  const name = key.replace(/(-(\d+|[0-9a-f]{8,}))+$/, "");
  return name === "" ? key : name;
}

/** `Array.isArray` that also narrows readonly arrays. */
export function isList(value: unknown): value is readonly Key[] {
  return Array.isArray(value);
}
