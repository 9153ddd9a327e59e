import { types } from "node:util";
import { clipped } from "../../clipped.js";
import { ArgumentError } from "../../errors.js";
import { safeRead } from "../errors/safe-read.js";
import type { MimeBundle } from "../session.js";
import { shortly } from "./shortly.js";
import { toJson } from "./to-json.js";

/** The newest that JupyterLab brings a renderer for. */
const VEGALITE = "application/vnd.vegalite.v5+json";

/**
 * A value as JSON, copied now.
 * @throws {ArgumentError} if JSON cannot hold it
 */
export function jsonBundle(value: unknown): MimeBundle {
  if (value === undefined || typeof value === "function" || typeof value === "symbol") {
    throw new ArgumentError(`display.json got ${shortly(value)}, which JSON does not have: give an object or a list`);
  }
  return { "application/json": copied("display.json", value), "text/plain": "[application/json]" };
}

/**
 * A Vega-Lite specification, copied now.
 * @throws {ArgumentError} if it is no object, is one of Vega, or JSON cannot hold it
 */
export function vegaliteBundle(spec: unknown): MimeBundle {
  const example = 'give a specification, as display.vegalite({ data: { values: rows }, mark: "bar", encoding: { … } })';
  if (typeof spec !== "object" || spec === null || Array.isArray(spec) || types.isPromise(spec)) {
    const parse = typeof spec === "string" ? ", or JSON.parse of its text" : "";
    throw new ArgumentError(`display.vegalite got ${shortly(spec)}: ${example}${parse}`);
  }
  const schema = safeRead(spec, "$schema");
  if (typeof schema === "string" && /\/vega\/v\d/.test(schema)) {
    throw new ArgumentError(
      `display.vegalite got a specification of Vega (${clipped(schema, 100)}), not of Vega-Lite: ` +
        'show it by display({ "application/vnd.vega.v5+json": spec }, { raw: true })',
    );
  }
  return { [VEGALITE]: copied("display.vegalite", spec), "text/plain": `[${VEGALITE}]` };
}

function copied(name: string, value: unknown): unknown {
  try {
    return toJson(value);
  } catch (cause) {
    const why = String(safeRead(cause, "message")).split("\n", 1)[0];
    throw new ArgumentError(
      `${name} got ${shortly(value)}, which JSON cannot hold (${why}): give plain data`,
      {},
      { cause },
    );
  }
}
