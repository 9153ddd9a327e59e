/**
 * Makes the policy of a run.
 * @module
 */
import { Combined } from "./combined.js";
import { Fifo } from "./fifo.js";
import { MostDependents } from "./most-dependents.js";
import { MostMemory } from "./most-memory.js";
import { NearestData } from "./nearest-data.js";
import type { Policy, PolicyContext } from "./policy.js";
import type { PolicyName } from "./policy-name.js";

const CLASSES: Readonly<Record<PolicyName, new (context: PolicyContext) => Policy>> = {
  combined: Combined,
  fifo: Fifo,
  "most-dependents": MostDependents,
  "most-memory": MostMemory,
  "nearest-data": NearestData,
};

/** The policy of that name for one run. */
export function policyOf(name: PolicyName, context: PolicyContext): Policy {
  return new CLASSES[name](context);
}
