import type { Inspection, Payload } from "../../session/session.js";
import { mergedInspection } from "../../session/types/merged-inspection.js";
import type { KernelContext } from "../kernel-context.js";

/**
 * What the client of a cell that has ended shall do. Help on a name is what the session and the types know; of a name
 * that neither knows, the cell's output says so.
 */
export async function payloadsOf(cell: string, kernel: KernelContext): Promise<readonly Payload[]> {
  const payloads = await Promise.all(
    kernel.cells.end(cell).map((payload) => (payload.source === "page" ? pageOf(cell, payload, kernel) : payload)),
  );
  return payloads.filter((payload) => payload !== undefined);
}

async function pageOf(
  cell: string,
  { of, ...page }: Payload & { source: "page" },
  { types, iopub }: KernelContext,
): Promise<Payload | undefined> {
  if (of === undefined) return page;
  const known: Inspection =
    Object.keys(page.data).length > 0 ? { found: true, data: page.data, metadata: {} } : { found: false };
  const found = mergedInspection(await types.inspect(of, [...of].length), known);
  if (found.found) return { ...page, data: found.data };
  iopub.stream(cell, "stdout", `${of} is not known: run the cell that declares it first\n`);
  return undefined;
}
