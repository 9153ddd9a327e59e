/**
 * Functions that do not travel: the sync engine calls those of its caller as they are, with their closures.
 * @module
 */
import { declaredFunction, moduleOf, type SessionScope } from "../functions/index.js";
import type { ModuleFunction, ShippedFunction } from "../functions/shipped.js";
import type { FunctionDelivery } from "./batch.js";
import type { Functions } from "./batch-run.js";
import { FunctionTable, type LoadedFunction } from "./function-table.js";

type Call = (...args: never[]) => unknown;

/** In place of what a worker would import stands the function itself. */
interface OwnFunction extends ModuleFunction {
  readonly call: Call;
  /** as on a worker: functions of modules get blocks as they are */
  readonly takesBlocks: boolean;
}

const ids = new WeakMap<Call, string>();
let count = 0;

/** A function for the graph of an engine that runs in this thread. */
export function ownFunction(call: Call, scope: SessionScope): ShippedFunction {
  const id = ids.get(call) ?? `own-${count++}`;
  ids.set(call, id);
  const takesBlocks = moduleOf(call, scope) !== undefined;
  const own: OwnFunction = { kind: "module", id, name: call.name, specifier: "own", export: id, call, takesBlocks };
  return own;
}

/** The functions of one run. */
export class OwnFunctions implements Functions {
  private readonly own: LoadedFunction[] = [];
  /** of graphs that were packed for workers */
  private readonly rebuilt = new FunctionTable();

  async load(deliveries: readonly FunctionDelivery[]): Promise<void> {
    for (const delivery of deliveries) {
      if ("shipped" in delivery && isOwn(delivery.shipped)) {
        const { call, takesBlocks } = delivery.shipped;
        this.own[delivery.slot] = { call: call as LoadedFunction["call"], takesBlocks };
        continue;
      }
      // This thread may have it: no need to import it, and a second copy would have a memory for arrays of its own.
      const shipped = "shipped" in delivery ? delivery.shipped : undefined;
      const here = shipped?.kind === "module" ? declaredFunction(shipped) : undefined;
      if (here === undefined) await this.rebuilt.load([delivery]);
      else this.own[delivery.slot] = { call: here as LoadedFunction["call"], takesBlocks: true };
    }
  }

  at(slot: number): LoadedFunction {
    return this.own[slot] ?? this.rebuilt.at(slot);
  }
}

function isOwn(shipped: ShippedFunction): shipped is OwnFunction {
  return "call" in shipped;
}
