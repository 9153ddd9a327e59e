import { element, setText } from "../renderer/element.js";

/** Rows of a table: a name, then a text for each column but the first. */
export interface FigureRow {
  readonly name: string;
  readonly cells: readonly string[];
}

/** A table of texts, which is changed in place: selections and the place of a reader stay. */
export class FigureTable {
  readonly node: HTMLElement;
  readonly #head = element("tr");
  readonly #body = element("tbody");

  constructor(className: string) {
    const head = element("thead");
    head.append(this.#head);
    this.node = element("table", className);
    this.node.append(head, this.#body);
  }

  /** @param columns heads of all columns */
  update(columns: readonly string[], rows: readonly FigureRow[]): void {
    keep(this.#head, columns.length, () => headCell("col"));
    for (const [place, text] of columns.entries()) setText(this.#head.children[place]!, text);
    keep(this.#body, rows.length, () => element("tr"));
    for (const [place, { name, cells }] of rows.entries()) {
      const row = this.#body.children[place]!;
      if (row.children.length === 0) row.append(headCell("row"));
      keep(row, cells.length + 1, () => element("td"));
      for (const [column, text] of [name, ...cells].entries()) setText(row.children[column]!, text);
    }
  }
}

function headCell(scope: "col" | "row"): HTMLElement {
  const cell = element("th");
  cell.scope = scope;
  return cell;
}

/** Adds and removes children at the end until there are `count`. */
function keep(parent: Element, count: number, make: () => Element): void {
  while (parent.children.length < count) parent.append(make());
  while (parent.children.length > count) parent.lastElementChild!.remove();
}
