/**
 * `da.memory`: what the array memory is used for.
 * @module
 */
import { context } from "../context.js";
import { arena } from "../memory/arena.js";
import { MemoryReport } from "../memory/memory-report.js";

/**
 * What the array memory of this process is used for: bytes used, at peak and allowed, bytes on disk, who holds most.
 * Shows itself in a cell as a chart.
 * @example await da.memory()
 */
export async function memory(): Promise<MemoryReport> {
  const engine = await context.engine();
  return new MemoryReport(arena(), (await engine.holders?.()) ?? []);
}
