import { BucketTable } from "./bucket-table.js";
import type { RunStore } from "./run-store.js";
import { FORMS } from "./state.js";

/**
 * The buckets of a run: as the kernel tells them, else counted from its tasks. Where only the counters of
 * groups are known the tasks of a group are taken to be sorted by form.
 * @param size tasks of a bucket, where the kernel has not chosen it
 */
export function bucketsOf(store: RunStore, size: number): BucketTable {
  if (store.sums) return store.sums.buckets;
  return store.tasks.hasTasks ? countTasks(store, size) : countCounters(store, size);
}

function countTasks(store: RunStore, size: number): BucketTable {
  const table = new BucketTable(store.groups, size);
  const seen = new Int32Array(store.groups.length);
  for (let task = 0; task < store.n; task++) {
    const group = store.tasks.group[task]!;
    const bucket = table.first[group]! + Math.floor(seen[group]!++ / size);
    table.move(bucket, "waiting", store.formOf(task), 1);
  }
  return table;
}

function countCounters(store: RunStore, size: number): BucketTable {
  const table = new BucketTable(store.groups, size);
  for (const group of store.groups.keys()) {
    const forms = store.forms(group);
    let place = 0;
    for (const form of FORMS) {
      for (let left = forms[form]; left > 0; ) {
        const bucket = Math.floor(place / size);
        const some = Math.min(left, (bucket + 1) * size - place);
        table.move(table.first[group]! + bucket, "waiting", form, some);
        place += some;
        left -= some;
      }
    }
  }
  return table;
}
