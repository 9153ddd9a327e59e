let listener: () => void = () => undefined;

/** Calls `next` whenever code of a cell has imported or required a module, before the cell goes on. */
export function afterImport(next: () => void): void {
  listener = next;
}

/** Says that a cell has imported a module. */
export function importDone(): void {
  listener();
}
