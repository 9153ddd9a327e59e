import type { Row } from "../datasets/row.js";

/** What must change in a dataset of a Vega view so that it holds the rows asked for. */
export interface RowChanges {
  readonly insert: readonly Row[];
  readonly remove: readonly Row[];
  /** one value of one row: fields that did not change are not touched */
  readonly modify: readonly { readonly row: Row; readonly field: string; readonly value: string | number }[];
}

/**
 * Remembers the rows a Vega dataset holds. Vega marks the very objects it is given as its tuples, so it gets
 * copies of its own, and changes name these: a row may be in several views.
 */
export class RowKeeper {
  /** by id: the object Vega holds, and the row it was last brought to */
  readonly #held = new Map<string | number, { readonly tuple: Row; row: Row }>();

  /** Compares `rows` with what is held, and holds the outcome: the old tuples where a row stays. */
  update(rows: readonly Row[]): RowChanges {
    const insert: Row[] = [];
    const remove: Row[] = [];
    const modify: { row: Row; field: string; value: string | number }[] = [];
    const wanted =
      rows.length < this.#held.size || rows.some(({ id }) => !this.#held.has(id)) ? idsOf(rows) : undefined;
    if (wanted) {
      for (const [id, { tuple }] of this.#held) {
        if (wanted.has(id)) continue;
        remove.push(tuple);
        this.#held.delete(id);
      }
    }
    for (const row of rows) {
      const held = this.#held.get(row.id);
      if (held === undefined) {
        const tuple = { ...row };
        this.#held.set(row.id, { tuple, row });
        insert.push(tuple);
      } else if (held.row !== row) {
        for (const field in row) {
          if (held.row[field] !== row[field]) modify.push({ row: held.tuple, field, value: row[field]! });
        }
        held.row = row;
      }
    }
    return { insert, remove, modify };
  }
}

function idsOf(rows: readonly Row[]): Set<string | number> {
  return new Set(rows.map(({ id }) => id));
}
