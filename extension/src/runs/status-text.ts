import { formatsFor, trans } from "../view/index.js";
import type { RunList } from "./run-list.js";

const SEPARATOR = " · ";

/** `dagbook 7 running · 4 workers · 312 MiB` */
export function statusText({ running, workers, bytes }: NonNullable<RunList["pool"]>): string {
  const formats = formatsFor();
  const parts = [
    running > 0 ? trans.__("%1 running", formats.count(running)) : trans.__("idle"),
    workers > 0 ? trans._n("%2 worker", "%2 workers", workers, formats.count(workers)) : "",
    bytes > 0 ? formats.bytes(bytes) : "",
  ];
  return `dagbook ${parts.filter(Boolean).join(SEPARATOR)}`;
}
