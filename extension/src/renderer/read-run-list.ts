import type { RunEntry, RunListMessage } from "dagbook/dashboard-messages";

type Fields = Readonly<Record<string, unknown>>;

const STATES: readonly unknown[] = ["running", "finished", "erred", "cancelled"];

const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const areCounts = (values: readonly unknown[]) => values.every((value) => Number.isFinite(value) && Number(value) >= 0);

/** The list of runs that a kernel sent; undefined for anything else, also from a kernel of another version. */
export function readRunList(data: unknown): RunListMessage | undefined {
  if (!isObject(data) || data.kind !== "runs" || !Number.isFinite(data.now)) return undefined;
  const { pool, runs } = data;
  if (!isObject(pool) || !areCounts([pool.workers, pool.running, pool.bytes, pool.limit])) return undefined;
  if (!Array.isArray(runs) || !runs.every(isEntry)) return undefined;
  return data as unknown as RunListMessage;
}

function isEntry(value: unknown): value is RunEntry {
  if (!isObject(value) || typeof value.run !== "string" || typeof value.title !== "string") return false;
  const isOver = value.t1 === null || Number.isFinite(value.t1);
  return (
    STATES.includes(value.state) && isOver && areCounts([value.t0, value.n, value.done, value.erred, value.running])
  );
}
