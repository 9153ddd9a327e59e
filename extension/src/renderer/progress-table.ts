import type { TableRow } from "../view/index.js";
import { element } from "./element.js";
import { strings } from "./strings.js";

/** The numbers of the picture as a real table: read aloud always, seen by those who press its button. */
export class ProgressTable {
  readonly node = element("div", "dagbook-spoken");
  /** shows the table, and hides it again */
  readonly button = element("button", "dagbook-button dagbook-table-button");
  readonly #caption = element("caption");
  readonly #body = element("tbody");

  constructor() {
    const head = element("thead");
    head.append(element("tr"));
    head.firstElementChild!.append(...strings.columns.map((text) => heading(text, "col")));
    const table = element("table");
    table.append(this.#caption, head, this.#body);
    this.node.append(table);
    this.button.type = "button";
    this.button.textContent = strings.table;
    this.button.setAttribute("aria-expanded", "false");
    this.button.addEventListener("click", () => this.#toggle());
  }

  update(title: string, rows: readonly TableRow[]): void {
    this.#caption.textContent = strings.tableCaption(title);
    this.button.setAttribute("aria-label", strings.tableLabel(title));
    this.#body.replaceChildren(...rows.map(rowOf));
  }

  /** Out of sight it is as it was: a screen reader finds it either way. */
  #toggle(): void {
    const isShown = this.node.classList.toggle("dagbook-table");
    this.node.classList.toggle("dagbook-spoken", !isShown);
    this.button.setAttribute("aria-expanded", String(isShown));
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
