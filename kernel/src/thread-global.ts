/**
 * A value that this thread has once, also if it loads several copies of this package: a notebook may have
 * its own next to the kernel's.
 * @param name the same in all copies
 * @param make makes the value at the first call
 */
export function threadGlobal<T extends object>(name: string, make: () => T): T {
  const symbol = Symbol.for(`dagbook.${name}`);
  // Nobody else writes under this symbol.
  const globals = globalThis as typeof globalThis & { [symbol: symbol]: T | undefined };
  const value = globals[symbol] ?? make();
  globals[symbol] = value;
  return value;
}
