import type * as Vega from "vega";
import type { Datasets } from "../datasets/row.js";
import { RowKeeper } from "./row-keeper.js";

/** Rows touched by one update. */
export interface UpdateCounts {
  readonly inserted: number;
  readonly removed: number;
  readonly modified: number;
}

/** One Vega view, and the rows it holds. */
export class PaneView {
  readonly view: Vega.View;
  readonly #changeset: typeof Vega.changeset;
  readonly #names: readonly string[];
  readonly #keepers = new Map<string, RowKeeper>();

  constructor(vega: Pick<typeof Vega, "View" | "parse" | "changeset">, spec: Vega.Spec, options: Vega.ViewOptions) {
    this.#changeset = vega.changeset;
    this.#names = (spec.data ?? []).map(({ name }) => name);
    this.view = new vega.View(vega.parse(spec), options);
  }

  /** Hands Vega the difference between those of `data` that it draws and what it holds, and draws it. */
  update(data: Datasets): UpdateCounts {
    const counts = { inserted: 0, removed: 0, modified: 0 };
    for (const name of this.#names) {
      const rows = data[name];
      if (rows === undefined) continue;
      const keeper = this.#keepers.get(name) ?? new RowKeeper();
      this.#keepers.set(name, keeper);
      const { insert, remove, modify } = keeper.update(rows);
      if (insert.length + remove.length + modify.length === 0) continue;
      const changes = this.#changeset();
      if (insert.length > 0) changes.insert(insert);
      if (remove.length > 0) changes.remove(remove);
      for (const { row, field, value } of modify) changes.modify(row, field, value);
      this.view.change(name, changes);
      counts.inserted += insert.length;
      counts.removed += remove.length;
      counts.modified += new Set(modify.map(({ row }) => row)).size;
    }
    if (counts.inserted + counts.removed + counts.modified > 0) this.view.run();
    return counts;
  }
}
