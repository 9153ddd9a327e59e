/**
 * The option `engine`: who runs what is computed.
 * @module
 */
import { nearestName } from "../nearest-name.js";
import { type Expectation, objectWith } from "./check-options.js";
import { context, ENGINE_NAMES, type EngineName } from "./context.js";
import type { Engine, Pool } from "./engine/engine.js";
import { plainScope, type ShippedFunction, shipFunction } from "./functions/index.js";

/** A name, or an engine; undefined: the engine of this process. */
export type EngineChoice = EngineName | Engine | undefined;

const engineObject = objectWith("an engine", "start", "releaseResults");

/** What the option must be. */
export const anyEngine: Expectation = {
  text: `${ENGINE_NAMES.map((name) => `"${name}"`).join(", ")} or an engine`,
  test: (value) => (ENGINE_NAMES as readonly unknown[]).includes(value) || engineObject.test(value),
  meant: (value) => (typeof value === "string" ? nearestName(value, ENGINE_NAMES) : undefined),
};

/** The engine that is meant. */
export function engineOf(choice: EngineChoice): Engine | Promise<Engine> {
  return typeof choice === "object" ? choice : context.engine(choice);
}

/** Which of its workers an engine shall use, if the name says it. */
export function poolOf(choice: EngineChoice): Pool | undefined {
  return choice === "threads" || choice === "processes" ? choice : undefined;
}

/** How functions get into graphs for the engine. */
export function shipFor(engine: Engine): (fn: (...args: never[]) => unknown) => ShippedFunction {
  const scope = context.scope() ?? plainScope;
  const ship = engine.ship ?? shipFunction;
  return (fn) => ship(fn, scope);
}
