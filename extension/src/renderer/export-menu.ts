import { CommandRegistry } from "@lumino/commands";
import { Menu } from "@lumino/widgets";
import { type RunStore, trans } from "../view/index.js";
import { element } from "./element.js";
import { EXPORT_FORMATS, exportLabel, exportRun } from "./export-run.js";
import { runMenuEntries } from "./run-menu.js";

/** The button of a run's header that saves it as a file, and its menu. */
export class ExportMenu {
  readonly node = element("button", "dagbook-button dagbook-more-button", "⋯");
  readonly #store: RunStore;

  constructor(store: RunStore) {
    this.#store = store;
    this.node.type = "button";
    this.node.setAttribute("aria-haspopup", "menu");
    this.node.title = trans.__("Export, compare");
    this.node.setAttribute("aria-label", trans.__("Export or compare %1", store.title));
    this.node.addEventListener("click", () => this.#open());
  }

  /** The menu lives as long as it is open: most runs are never exported. */
  #open(): void {
    const commands = new CommandRegistry();
    const menu = new Menu({ commands });
    menu.addClass("dagbook-menu");
    for (const format of EXPORT_FORMATS) {
      commands.addCommand(format, {
        label: exportLabel(format),
        execute: () => exportRun(this.#store, format),
      });
      menu.addItem({ command: format });
    }
    const others = runMenuEntries(this.#store);
    if (others.length > 0) menu.addItem({ type: "separator" });
    for (const [place, { label, execute }] of others.entries()) {
      commands.addCommand(`other-${place}`, { label, execute });
      menu.addItem({ command: `other-${place}` });
    }
    menu.aboutToClose.connect(() => this.node.focus());
    const { left, bottom } = this.node.getBoundingClientRect();
    menu.open(left, bottom);
  }
}
