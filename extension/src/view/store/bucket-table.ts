import type { BucketChanges, BucketColumns, GroupBundle } from "dagbook/dashboard-messages";
import { FORMS, type Form } from "./state.js";

const FORM_COUNT = FORMS.length;
const TOLD = ["queued", "running", "done", "failed", "stopped"] as const satisfies (keyof BucketChanges & Form)[];

/** How many tasks of each bucket are in which form. A bucket is `size` tasks of a group in order of submission. */
export class BucketTable {
  /** tasks of a bucket; the last one of a group may have fewer */
  readonly size: number;
  /** `[groups + 1]` first bucket of each group, and one past the last */
  readonly first: Int32Array;
  readonly #counts: Int32Array;

  /** All tasks wait. */
  constructor(groups: readonly Pick<GroupBundle, "n">[], size: number) {
    this.size = size;
    this.first = new Int32Array(groups.length + 1);
    for (const [g, { n }] of groups.entries()) this.first[g + 1] = this.first[g]! + Math.ceil(n / size);
    this.#counts = new Int32Array(this.first.at(-1)! * FORM_COUNT);
    for (const [g, { n }] of groups.entries()) {
      for (let k = this.first[g]!; k < this.first[g + 1]!; k++) {
        this.#add(k, "waiting", Math.min(size, n - (k - this.first[g]!) * size));
      }
    }
  }

  static fromColumns(groups: readonly GroupBundle[], columns: BucketColumns): BucketTable {
    const table = new BucketTable(groups, columns.size);
    table.apply({ i: columns.done.map((_, bucket) => bucket), ...columns });
    return table;
  }

  /** Takes over how some buckets stand. */
  apply(changes: BucketChanges): void {
    for (const [k, bucket] of changes.i.entries()) {
      for (const form of TOLD) this.move(bucket, "waiting", form, changes[form][k]! - this.count(bucket, form));
    }
  }

  count(bucket: number, form: Form): number {
    return this.#counts[bucket * FORM_COUNT + FORMS.indexOf(form)] ?? 0;
  }

  /** Tasks of `group` in `form`. */
  ofGroup(group: number, form: Form): number {
    let sum = 0;
    for (let bucket = this.first[group]!; bucket < this.first[group + 1]!; bucket++) sum += this.count(bucket, form);
    return sum;
  }

  /** Moves `n` tasks of a bucket from one form to another; -1 moves one back. */
  move(bucket: number, from: Form, to: Form, n: number): void {
    if (n === 0) return;
    this.#add(bucket, from, -n);
    this.#add(bucket, to, n);
  }

  #add(bucket: number, form: Form, n: number): void {
    const at = bucket * FORM_COUNT + FORMS.indexOf(form);
    if (at < this.#counts.length) this.#counts[at]! += n;
  }
}
