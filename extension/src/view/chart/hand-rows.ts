import type * as Vega from "vega";
import type { Datasets } from "../datasets/row.js";
import { RowKeeper } from "./row-keeper.js";

/** Rows touched by one update. */
export interface UpdateCounts {
  readonly inserted: number;
  readonly removed: number;
  readonly modified: number;
}

/**
 * Hands Vega the difference between `data` and what its datasets hold; the view has to run afterwards.
 * @param keepers what each dataset holds, by name; kept from one call to the next
 */
export function handRows(
  changeset: typeof Vega.changeset,
  view: Vega.View,
  keepers: Map<string, RowKeeper>,
  data: Datasets,
): UpdateCounts {
  const counts = { inserted: 0, removed: 0, modified: 0 };
  for (const [name, rows] of Object.entries(data)) {
    const keeper = keepers.get(name) ?? new RowKeeper();
    keepers.set(name, keeper);
    const { insert, remove, modify } = keeper.update(rows);
    if (insert.length + remove.length + modify.length === 0) continue;
    const changes = changeset();
    if (insert.length > 0) changes.insert(insert);
    if (remove.length > 0) changes.remove(remove);
    for (const { row, field, value } of modify) changes.modify(row, field, value);
    view.change(name, changes);
    counts.inserted += insert.length;
    counts.removed += remove.length;
    counts.modified += new Set(modify.map(({ row }) => row)).size;
  }
  return counts;
}
