import { element, setText } from "../renderer/element.js";
import { strings } from "../renderer/strings.js";
import { doneOf, formatsFor, trans } from "../view/index.js";
import type { ListedRun } from "./run-list.js";

export interface RunItemActions {
  /** shows the run where it is */
  open(run: ListedRun): void;
  openInPanel(run: ListedRun): void;
  cancel(run: ListedRun): void;
  /** the run is selected, or is not any more */
  selected(): void;
}

const SEPARATOR = " · ";

/** One run of the list: title, where it ran, how it stands, how far it is. */
export class RunItem {
  readonly node = element("li", "dagbook-item");
  readonly main = element("button", "dagbook-item-main");
  readonly #title = element("span", "dagbook-item-title");
  readonly #elapsed = element("span", "dagbook-item-time");
  readonly #counts = element("span", "dagbook-item-counts");
  readonly #failed = element("span", "dagbook-failed");
  readonly #path = element("span", "dagbook-item-path");
  readonly #bar = element("span", "dagbook-bar");
  readonly #parts = ["done", "failed", "running"].map((form) => element("span", `dagbook-part dagbook-part-${form}`));
  readonly #cancel = element("button", "dagbook-button", strings.cancel);
  readonly #panel = element("button", "dagbook-button", trans.__("Open in panel"));
  readonly #select = element("input", "dagbook-item-select");
  #run: ListedRun;

  constructor(run: ListedRun, actions: RunItemActions) {
    this.#run = run;
    for (const button of [this.main, this.#cancel, this.#panel]) button.type = "button";
    this.main.addEventListener("click", () => actions.open(this.#run));
    this.#panel.addEventListener("click", () => actions.openInPanel(this.#run));
    this.#cancel.addEventListener("click", () => actions.cancel(this.#run));
    this.#bar.append(...this.#parts);
    this.#bar.setAttribute("aria-hidden", "true");
    const standing = element("span", "dagbook-item-standing");
    standing.append(this.#counts, this.#failed);
    this.main.append(this.#title, this.#elapsed, this.#bar, standing, this.#path);
    const buttons = element("div", "dagbook-item-buttons");
    buttons.append(this.#panel, this.#cancel);
    this.#select.type = "checkbox";
    this.#select.addEventListener("change", () => {
      this.node.classList.toggle("dagbook-item-selected", this.isSelected);
      actions.selected();
    });
    this.node.append(this.#select, this.main, buttons);
    this.update(run);
  }

  get run(): ListedRun {
    return this.#run;
  }

  get isSelected(): boolean {
    return this.#select.checked;
  }

  update(run: ListedRun): void {
    this.#run = run;
    const { title, state, n, done, erred, running, elapsed, line } = run;
    const formats = formatsFor();
    const isRunning = state === "running";
    setText(this.#title, title);
    this.main.title = title;
    setText(
      this.#counts,
      [strings.standing(run.isPaused ? "paused" : state), doneOf(done, n, formats)].join(SEPARATOR),
    );
    setText(this.#failed, erred > 0 ? trans.__("%1 failed", formats.count(erred)) : "");
    setText(this.#elapsed, isRunning ? formats.clock(elapsed) : formats.duration(elapsed));
    setText(this.#path, line.path);
    this.node.dataset.run = run.run;
    this.node.dataset.state = state;
    this.#select.setAttribute("aria-label", trans.__("Select %1 to compare it", title));
    this.#cancel.hidden = !isRunning;
    this.#cancel.setAttribute("aria-label", strings.cancelLabel(title));
    this.#panel.setAttribute("aria-label", trans.__("Open in panel: %1", title));
    for (const [index, part] of [done, erred, running].entries()) {
      this.#parts[index]!.style.width = `${n === 0 ? 0 : (100 * part) / n}%`;
    }
  }
}
