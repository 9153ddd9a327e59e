import type { Message } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import { element } from "../renderer/element.js";
import { trans } from "../view/index.js";
import { runsIcon } from "./icon.js";
import { RunItem, type RunItemActions } from "./run-item.js";
import type { ListedRun, RunList } from "./run-list.js";

/** The clocks of running runs go on although nothing else changes. */
const CLOCK_MS = 1000;
/** From a list of one step: to the next or the one before. */
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

export interface SidebarActions extends Omit<RunItemActions, "selected"> {
  /** shows two runs side by side */
  compare(first: ListedRun, second: ListedRun): void;
}

/** The runs of all notebooks, newest first. Also of those that are closed, as long as it is shown. */
export class RunsSidebar extends Widget {
  readonly #list: RunList;
  readonly #actions: RunItemActions;
  readonly #items = new Map<string, RunItem>();
  readonly #nodes = element("ul", "dagbook-items");
  readonly #empty = element("p", "dagbook-empty");
  readonly #compare = element("button", "dagbook-button", trans.__("Compare"));
  #clock: ReturnType<typeof setInterval> | undefined;
  #excludeClosed: (() => void) | undefined;

  constructor(list: RunList, { compare, ...actions }: SidebarActions) {
    super();
    this.#list = list;
    this.#actions = { ...actions, selected: this.#countSelected };
    this.#compare.type = "button";
    this.#compare.addEventListener("click", () => {
      const [first, second] = this.#selected;
      if (first && second) compare(first, second);
    });
    this.id = "dagbook-runs";
    this.addClass("dagbook-sidebar");
    this.title.icon = runsIcon;
    this.title.caption = trans.__("Runs of dagbook");
    this.#empty.textContent = trans.__(
      "No runs yet. Graphs that a notebook with a dagbook kernel computes appear here.",
    );
    this.#nodes.setAttribute("aria-label", this.title.caption);
    this.#nodes.addEventListener("keydown", this.#onKey);
    const head = element("div", "dagbook-sidebar-head");
    head.append(element("h2", "dagbook-heading", trans.__("Runs")), this.#compare);
    this.node.append(head, this.#empty, this.#nodes);
    this.#countSelected();
  }

  override dispose(): void {
    this.#rest();
    super.dispose();
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.#work();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    if (this.isVisible) this.#work();
  }

  protected override onBeforeHide(message: Message): void {
    this.#rest();
    super.onBeforeHide(message);
  }

  protected override onBeforeDetach(message: Message): void {
    this.#rest();
    super.onBeforeDetach(message);
  }

  protected override onActivateRequest(): void {
    const first = this.#nodes.querySelector<HTMLElement>(".dagbook-item-main");
    if (first) first.focus();
    else {
      this.node.tabIndex = -1;
      this.node.focus();
    }
  }

  #work(): void {
    this.#excludeClosed ??= this.#list.lines.includeClosed();
    this.#list.changed.connect(this.#draw);
    this.#clock ??= setInterval(this.#draw, CLOCK_MS);
    this.#draw();
  }

  #rest(): void {
    this.#excludeClosed?.();
    this.#excludeClosed = undefined;
    this.#list.changed.disconnect(this.#draw);
    clearInterval(this.#clock);
    this.#clock = undefined;
  }

  readonly #draw = (): void => {
    if (document.hidden) return;
    const { runs } = this.#list;
    this.#empty.hidden = runs.length > 0;
    const nodes = runs.map((run) => this.#itemOf(run).node);
    const keys = new Set(runs.map(keyOf));
    for (const [key, item] of this.#items) {
      if (keys.has(key)) continue;
      item.node.remove();
      this.#items.delete(key);
    }
    this.#countSelected();
    // Only what is not in its place is moved: a node that is moved loses the focus.
    for (const [index, node] of nodes.entries()) {
      if (this.#nodes.children[index] !== node) this.#nodes.insertBefore(node, this.#nodes.children[index] ?? null);
    }
  };

  get #selected(): readonly ListedRun[] {
    return [...this.#items.values()].filter(({ isSelected }) => isSelected).map(({ run }) => run);
  }

  readonly #countSelected = (): void => {
    const { length } = this.#selected;
    this.#compare.disabled = length !== 2;
    this.#compare.hidden = this.#items.size < 2;
    this.#compare.title =
      length === 2 ? trans.__("Compare the two selected runs") : trans.__("Select two runs to compare them");
  };

  #itemOf(run: ListedRun): RunItem {
    const key = keyOf(run);
    const known = this.#items.get(key);
    if (known) {
      known.update(run);
      return known;
    }
    const item = new RunItem(run, this.#actions);
    this.#items.set(key, item);
    return item;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    const mains = [...this.#nodes.querySelectorAll<HTMLElement>(".dagbook-item-main")];
    const at = mains.findIndex((main) => main.parentElement?.contains(document.activeElement));
    mains[at + step]?.focus();
    event.preventDefault();
  };
}

function keyOf({ line, run }: ListedRun): string {
  return `${line.kernel} ${run}`;
}
