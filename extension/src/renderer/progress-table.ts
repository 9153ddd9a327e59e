import type { TableRow } from "../view/index.js";
import { element } from "./element.js";
import { strings } from "./strings.js";

/** The numbers of the picture as a real table, for those who do not see the picture. */
export class ProgressTable {
  readonly node = element("div", "dagbook-spoken");
  readonly #caption = element("caption");
  readonly #body = element("tbody");

  constructor() {
    const head = element("thead");
    head.append(element("tr"));
    head.firstElementChild!.append(...strings.columns.map((text) => heading(text, "col")));
    const table = element("table");
    table.append(this.#caption, head, this.#body);
    this.node.append(table);
  }

  update(title: string, rows: readonly TableRow[]): void {
    this.#caption.textContent = strings.tableCaption(title);
    this.#body.replaceChildren(...rows.map(rowOf));
  }
}

function heading(text: string, scope: "col" | "row"): HTMLElement {
  const cell = element("th", "", text);
  cell.scope = scope;
  return cell;
}

function rowOf({ name, tasks, done, running, failed, left, time, note }: TableRow): HTMLElement {
  const row = element("tr");
  const figures = [tasks, done, running, failed, left, time, note].map((text) => element("td", "", text));
  row.append(heading(name, "row"), ...figures);
  return row;
}
