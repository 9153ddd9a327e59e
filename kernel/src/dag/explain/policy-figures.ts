/**
 * What is shown of policies.
 * @module
 */
import type { PolicyName } from "../engine/policies/policy-name.js";
import type { Forecast } from "./forecast.js";
import type { Measured } from "./measure.js";

/** One policy: what it would do, and what it did. */
export interface PolicyFigures {
  readonly policy: PolicyName;
  readonly simulated: Forecast;
  /** only with `run: true` */
  readonly measured?: Measured;
}

/** What is shown of a graph and its policies. */
export interface ExplanationFigures {
  readonly title: string;
  /** tasks of the graph as it runs; `optimize` joins tasks */
  readonly size: number;
  readonly workers: number;
  /** in the order in which they were asked for */
  readonly policies: readonly PolicyFigures[];
}
