/**
 * Checks options that users write: cells run without a type check, so a typing error must not pass silently.
 * @module
 */
import { inspect } from "node:util";
import { clipped } from "../clipped.js";
import { ArgumentError } from "../errors.js";
import { nearestName } from "../nearest-name.js";
import { collectionSymbol } from "../symbols.js";

/** What an option must be: in words, and as a test. */
export interface Expectation {
  readonly text: string;
  readonly test: (value: unknown) => boolean;
  /** What was meant by a value that fails; undefined if nobody can know. */
  readonly meant?: (value: unknown) => string | undefined;
}

/** The expectation of each option. */
export type Expectations<O> = Readonly<Record<keyof O & string, Expectation>>;

/** Common expectations. */
export const anyBoolean: Expectation = { text: "true or false", test: (value) => typeof value === "boolean" };
export const anyString: Expectation = { text: "a string", test: (value) => typeof value === "string" };
export const anyNumber: Expectation = {
  text: "a finite number",
  test: (value) => typeof value === "number" && Number.isFinite(value),
};

/** Characters of a value in an error. */
const VALUE_LIMIT = 80;

/** What aborts. */
export const anySignal: Expectation = {
  ...objectWith("an AbortSignal, such as AbortSignal.timeout(1000),", "addEventListener", "aborted"),
  meant: (value) => (objectWith("", "signal", "abort").test(value) ? "controller.signal" : undefined),
};

/** Checked where it is used, which can say more. */
export const checkedLater: Expectation = { text: "valid", test: () => true };

/** A whole number of at least `least`. */
export function wholeNumber(least: number): Expectation {
  const test = (value: unknown) => typeof value === "number" && Number.isInteger(value) && value >= least;
  return { text: `a whole number of at least ${least}`, test };
}

/** One of these strings. */
export function oneOf(names: readonly string[]): Expectation {
  return {
    text: `one of ${names.join(", ")}`,
    test: (value) => typeof value === "string" && names.includes(value),
    meant: (value) => (typeof value === "string" ? nearestName(value, names) : undefined),
  };
}

/** An object with these methods; of any class, because there may be two copies of this package. */
export function objectWith(text: string, ...methods: readonly string[]): Expectation {
  const test = (value: unknown) =>
    typeof value === "object" && value !== null && methods.every((method) => method in value);
  return { text, test };
}

/**
 * @param owner whose options they are, for the error
 * @throws {ArgumentError} if an option is unknown or is not what it must be; undefined stands for left out
 */
export function checkOptions<O extends object>(owner: string, options: O, expectations: Expectations<O>): void {
  // A list or something lazy has none of its options and would pass for an object without any.
  if (typeof options !== "object" || options === null || Array.isArray(options) || collectionSymbol in options) {
    const [first = "name"] = Object.keys(expectations);
    throw new ArgumentError(
      `the options of ${owner} must be an object and are ${valueText(options)}: write them as { ${first}: … }`,
      { options },
    );
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(expectations, name)) throw unknownOption(owner, name, Object.keys(expectations));
    const { text, test, meant } = expectations[name as keyof O & string];
    if (value === undefined || test(value)) continue;
    const nearest = meant?.(value);
    const cure = nearest === undefined ? "" : `: did you mean "${nearest}"?`;
    throw new ArgumentError(`${owner}: ${name} must be ${text} and is ${inspect(value, { depth: 0 })}${cure}`, {
      [name]: value,
    });
  }
}

/** A value as errors show it. */
export function valueText(value: unknown): string {
  return clipped(inspect(value, { depth: 0 }), VALUE_LIMIT);
}

function unknownOption(owner: string, name: string, known: readonly string[]): ArgumentError {
  const nearest = nearestName(name, known);
  const cure = nearest === undefined ? `use ${known.join(", ")}` : `did you mean "${nearest}"?`;
  return new ArgumentError(`${owner} has no option "${name}": ${cure}`, { name });
}
