import { type ISignal, Signal } from "@lumino/signaling";
import { Widget } from "@lumino/widgets";
import { element, setText } from "../renderer/element.js";
import { trans } from "../view/index.js";
import type { RunList } from "./run-list.js";
import { statusText } from "./status-text.js";

/** Running tasks, workers and memory of all kernels of the page, in a few words. */
export class StatusItem extends Widget {
  readonly #list: RunList;
  readonly #button = element("button", "dagbook-status");
  readonly #activeChanged = new Signal<this, void>(this);
  #isActive = false;

  /** @param open shows more: the item is a button */
  constructor(list: RunList, open: () => void) {
    super();
    this.#list = list;
    this.#button.type = "button";
    this.#button.title = trans.__("Show the runs of dagbook");
    this.#button.addEventListener("click", open);
    this.node.append(this.#button);
    list.changed.connect(this.#update);
    this.#update();
  }

  /** The first kernel came, or the last went. */
  get activeChanged(): ISignal<this, void> {
    return this.#activeChanged;
  }

  override dispose(): void {
    this.#list.changed.disconnect(this.#update);
    super.dispose();
  }

  readonly #update = (): void => {
    const { pool } = this.#list;
    if (pool) setText(this.#button, statusText(pool));
    if (this.#isActive === (pool !== undefined)) return;
    this.#isActive = !this.#isActive;
    this.#activeChanged.emit();
  };
}
