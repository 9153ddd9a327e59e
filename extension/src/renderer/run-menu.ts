/**
 * What the menu of a run offers besides saving it: others of the page know more runs than this one.
 * @module
 */
import type { RunStore } from "../view/index.js";

/** An entry of the menu. */
export interface RunMenuEntry {
  /** the words of the entry; undefined where it makes no sense for that run */
  label(store: RunStore): string | undefined;
  execute(store: RunStore): void;
}

const entries: RunMenuEntry[] = [];

/** Adds an entry to the menus of all runs of the page. */
export function addToRunMenu(entry: RunMenuEntry): void {
  entries.push(entry);
}

/** The entries that make sense for a run. */
export function runMenuEntries(store: RunStore): readonly { readonly label: string; readonly execute: () => void }[] {
  return entries.flatMap((entry) => {
    const label = entry.label(store);
    return label === undefined ? [] : [{ label, execute: () => entry.execute(store) }];
  });
}
