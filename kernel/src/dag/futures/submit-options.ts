/**
 * What may be said about calls that are submitted.
 * @module
 */

import {
  anyBoolean,
  anyNumber,
  anySignal,
  anyString,
  checkedLater,
  checkOptions,
  type Expectations,
  wholeNumber,
} from "../check-options.js";
import { anyEngine, type EngineChoice } from "../engine-choice.js";
import type { Key } from "../graph/key.js";
import type { TaskOptions } from "../graph/packed.js";

/** Options of `mapWith`. */
export interface MapOptions extends TaskOptions {
  /** who runs it; default: the engine of this process */
  readonly engine?: EngineChoice;
  /** worker threads; default: one per core */
  readonly workers?: number;
  /** cancels the future when aborted */
  readonly signal?: AbortSignal;
  /** false: no live view; default true */
  readonly progress?: boolean;
  /** how the view names the run; default: the names of what was submitted */
  readonly title?: string;
  /** name of the group of tasks; default: the name of the function */
  readonly name?: string;
  /** the same function with equal arguments gives the same future as long as somebody holds it; default false */
  readonly pure?: boolean;
}

/** Options of `submitWith`. */
export interface SubmitOptions extends MapOptions {
  /** key of the task, with which the same call gives the same future; default: the name and a number */
  readonly key?: Key;
}

const forMap: Expectations<MapOptions> = {
  engine: anyEngine,
  workers: wholeNumber(1),
  signal: anySignal,
  progress: anyBoolean,
  title: anyString,
  name: anyString,
  pure: anyBoolean,
  retries: wholeNumber(0),
  priority: anyNumber,
  memory: wholeNumber(0),
};
const forSubmit: Expectations<SubmitOptions> = { ...forMap, key: checkedLater };

/** @throws {ArgumentError} if an option is unknown or is not what it must be */
export function checkSubmitOptions(options: SubmitOptions): void {
  checkOptions("submit", options, forSubmit);
}

/** @throws {ArgumentError} if an option is unknown or is not what it must be */
export function checkMapOptions(options: MapOptions): void {
  checkOptions("map", options, forMap);
}
