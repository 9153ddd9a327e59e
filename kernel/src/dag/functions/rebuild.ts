/**
 * The worker's side: functions from data.
 * @module
 */
import { ShipError } from "../../errors.js";
import { importModule } from "./import-module.js";
import { refsOf } from "./node-refs.js";
import { Rebuilding } from "./rebuilding.js";
import type { ClosureFunction, ClosureNode, ShippedFunction, ValueRef } from "./shipped.js";

/** A function that came from another thread. */
export type RebuiltFunction = (...args: unknown[]) => unknown;

const rebuilt = new Map<string, Promise<RebuiltFunction>>();
/** Functions that captured containers get a new id per run, so old entries must go. */
const CACHE_LIMIT = 500;

/**
 * The function that was shipped; functions with equal ids are one function in each worker.
 * @throws {ShipError} if a module it imports is not there or lacks the export
 */
export function rebuildFunction(shipped: ShippedFunction): Promise<RebuiltFunction> {
  const known = rebuilt.get(shipped.id);
  if (known !== undefined) return known;
  const promise = shipped.kind === "module" ? importFunction(shipped, shipped.name) : rebuildClosure(shipped);
  for (const oldest of rebuilt.keys()) {
    if (rebuilt.size < CACHE_LIMIT) break;
    rebuilt.delete(oldest);
  }
  rebuilt.set(shipped.id, promise);
  // A module that could not be imported may be there at the next try.
  promise.catch(() => rebuilt.delete(shipped.id));
  return promise;
}

interface ModuleRef {
  readonly specifier: string;
  readonly from?: string;
  readonly export?: string;
}

async function importFunction(ref: ModuleRef, name: string): Promise<RebuiltFunction> {
  return asFunction(await importValue(ref, name), name);
}

async function rebuildClosure(shipped: ClosureFunction): Promise<RebuiltFunction> {
  const modules = new Map<ValueRef, unknown>();
  await Promise.all(
    moduleRefs(shipped.nodes).map(async (ref) => modules.set(ref, await importValue(ref, shipped.name))),
  );
  return asFunction(new Rebuilding(shipped.nodes, modules).build(shipped.root), shipped.name);
}

async function importValue(ref: ModuleRef, name: string): Promise<unknown> {
  const namespace = await importModule(ref.specifier, ref.from).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ShipError(
      `function ${name} uses the module '${ref.specifier}', which a worker could not import: ${why}. ` +
        "Install it where the notebook is.",
      { specifier: ref.specifier },
      { cause },
    );
  });
  let value: unknown = namespace;
  for (const part of ref.export?.split(".") ?? []) {
    const holder = Object(value);
    if (!(part in holder)) throw noExport(ref, name);
    value = holder[part];
  }
  return value;
}

function noExport(ref: ModuleRef, name: string): ShipError {
  return new ShipError(
    `function ${name} uses '${ref.export}' of the module '${ref.specifier}', which has no such export in a worker: ` +
      "restart the kernel if the file has changed.",
    { specifier: ref.specifier, export: ref.export },
  );
}

function asFunction(value: unknown, name: string): RebuiltFunction {
  if (typeof value === "function") return value as RebuiltFunction;
  throw new ShipError(
    `${name} is ${typeof value} in a worker, not a function: export it under the name it is used by.`,
  );
}

function moduleRefs(nodes: readonly ClosureNode[]): Extract<ValueRef, { kind: "module" }>[] {
  return nodes.flatMap(refsOf).filter((ref) => ref.kind === "module");
}
