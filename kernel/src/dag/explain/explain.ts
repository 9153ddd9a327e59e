/**
 * Comparing policies on a graph.
 * @module
 */

import { inspect } from "node:util";
import { ArgumentError } from "../../errors.js";
import { nearestName } from "../../nearest-name.js";
import { anyBoolean, anySignal, anyString, checkOptions, type Expectations, wholeNumber } from "../check-options.js";
import { POLICIES, type PolicyName } from "../engine/policies/policy-name.js";
import { anyEngine, type EngineChoice } from "../engine-choice.js";
import { Explanation } from "./explanation.js";
import { costs, Forecaster, type ForecastOptions } from "./forecast.js";
import { measure, warmUp } from "./measure.js";
import type { PolicyFigures } from "./policy-figures.js";
import { type ExplainSource, packedOnPaper, sourceOf } from "./source.js";

/** What is known of the graph, and whether it also runs. */
export interface ExplainOptions extends Omit<ForecastOptions, "policy"> {
  /** true: the graph also runs under each policy, and once before, so that none pays for starting workers */
  readonly run?: boolean;
  /** who runs it; default: the engine of this process */
  readonly engine?: EngineChoice;
  /** stops the runs when aborted */
  readonly signal?: AbortSignal;
  /** default: the names of what is explained */
  readonly title?: string;
}

const expectations: Expectations<ExplainOptions> = {
  workers: wholeNumber(1),
  durations: costs,
  sizes: costs,
  optimize: anyBoolean,
  run: anyBoolean,
  engine: anyEngine,
  signal: anySignal,
  title: anyString,
};

/**
 * Makespan, peak and traffic of a graph under each policy, and who runs what when: simulated with the scheduler of real
 * runs, and measured too with `run: true`. As the result of a cell it shows itself side by side.
 * @param source a raw graph (then every key that no other needs is wanted), something lazy, or a list of such
 * @param policies default: all
 * @throws {ArgumentError} if a policy or an option is unknown, a name in `sizes` or `durations` is not in the graph, or
 *   nothing is lazy
 * @throws {GraphError} if the graph is not runnable
 * @throws {TaskError} with `run: true`, if a task threw
 * @example await explain(total, ["combined", "fifo"], { workers: 4, sizes: { load: 8e6 }, run: true })
 */
export async function explain(
  source: ExplainSource,
  policies: readonly PolicyName[] = POLICIES,
  options: ExplainOptions = {},
): Promise<Explanation> {
  checkPolicies(policies);
  checkOptions("explain", options, expectations);
  const wanted = sourceOf(source);
  const { optimize = true, run = false, engine, signal, title = wanted.title, ...known } = options;
  const graph = packedOnPaper(wanted, optimize);
  const forecaster = new Forecaster(graph, known);
  const { workers, sizes } = forecaster;
  const figures: PolicyFigures[] = policies.map((policy) => ({ policy, simulated: forecaster.forecast(policy) }));
  if (run && policies.length > 0) {
    const given = { engine, workers, optimize, signal, title };
    await warmUp(wanted, given);
    for (const [i, policy] of policies.entries()) {
      const name = `${title === "" ? "explain" : title}: ${policy}`;
      figures[i] = { ...figures[i], measured: await measure(wanted, policy, { ...given, title: name }, sizes) };
    }
  }
  return new Explanation({ title, size: graph.size, workers, policies: figures });
}

function checkPolicies(policies: readonly unknown[]): void {
  const list = POLICIES.join(", ");
  if (!Array.isArray(policies)) {
    throw new ArgumentError(
      `explain: policies must be a list of ${list} and is ${inspect(policies, { depth: 0 })}: ` +
        'write explain(lazy, ["combined", "fifo"], { workers: 2 }), with undefined for all policies',
      { policies },
    );
  }
  for (const policy of policies) {
    if (POLICIES.some((known) => known === policy)) continue;
    const nearest = nearestName(String(policy), POLICIES);
    const cure = nearest === undefined ? `use ${list}` : `did you mean "${nearest}"?`;
    throw new ArgumentError(`explain knows no policy ${inspect(policy)}: ${cure}`, { policy });
  }
}
