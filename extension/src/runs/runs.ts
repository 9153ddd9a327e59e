import { Token } from "@lumino/coreutils";
import type { RunList } from "./run-list.js";
import type { RunPlace } from "./run-panel.js";

/** The runs of the page, and the ways to see one. */
export interface Runs {
  readonly list: RunList;
  /** Shows a run in its notebook, or in a panel where it is not on the page. */
  open(place: RunPlace): Promise<void>;
  openInPanel(place: RunPlace): void;
}

/** Provided by the plugin of the sidebar. */
export const IRuns = new Token<Runs>("dagbook-labextension:IRuns", "The runs of all notebooks.");
