import { stat } from "node:fs/promises";

/** Nobody writes the files of packages while a notebook runs, and stating a thousand takes its time. */
const MAX_WATCHED = 200;

/**
 * The user's own files that cells import. The checker reads a file once; it must be told when one has changed, and
 * its program has no eyes of its own.
 */
export class ImportedFiles {
  readonly #seen = new Map<string, string>();

  /** Watches these from now on. */
  async watch(paths: readonly string[]): Promise<void> {
    const watched = new Set(paths.filter((path) => !path.includes("/node_modules/")).slice(0, MAX_WATCHED));
    for (const path of this.#seen.keys()) if (!watched.has(path)) this.#seen.delete(path);
    const fresh = [...watched].filter((path) => !this.#seen.has(path));
    await Promise.all(fresh.map(async (path) => this.#seen.set(path, await stateOf(path))));
  }

  /** Those that were written or removed since this was last asked. */
  async changed(): Promise<readonly string[]> {
    const states = await Promise.all([...this.#seen.keys()].map(async (path) => [path, await stateOf(path)] as const));
    const changed = states.filter(([path, state]) => this.#seen.get(path) !== state);
    for (const [path, state] of changed) this.#seen.set(path, state);
    return changed.map(([path]) => path);
  }
}

async function stateOf(path: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return "missing";
  }
}
