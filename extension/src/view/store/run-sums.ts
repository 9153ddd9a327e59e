import type { GroupBundle, SumChanges, SumColumns } from "dagbook/dashboard-messages";
import { BucketTable } from "./bucket-table.js";
import { MemoryStrip } from "./memory-strip.js";
import { StreamBins } from "./stream-bins.js";

/** What is known of a run that has too many tasks to know each. */
export class RunSums {
  readonly buckets: BucketTable;
  readonly stream: StreamBins;
  /** tasks done over time: of a stretch the highest number stays, which is its last */
  readonly done = new MemoryStrip();

  constructor(groups: readonly GroupBundle[], sums: SumColumns) {
    this.buckets = BucketTable.fromColumns(groups, sums.buckets);
    this.stream = new StreamBins(groups.length, sums.stream);
    this.#append(sums);
  }

  apply(changes: SumChanges): void {
    this.buckets.apply(changes.buckets);
    this.stream.apply(changes.stream);
    this.#append(changes);
  }

  #append({ done }: Pick<SumChanges, "done">): void {
    this.done.append({ t: done.t, bytes: done.n });
  }
}
