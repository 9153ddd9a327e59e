// A folder of its own for each test file, and an engine.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ThreadEngine } from "../../kernel/src/dag/engine/thread-engine.js";
import { NDArray } from "../../kernel/src/dag/memory/nd-array.js";

/** Two workers, and a folder that is gone after the tests. */
export function storageFixture(): { readonly engine: () => ThreadEngine; readonly place: (name: string) => string } {
  let engine: ThreadEngine;
  let folder: string;
  beforeAll(() => {
    engine = new ThreadEngine({ workers: 2 });
    folder = mkdtempSync(join(tmpdir(), "dagbook-storage-"));
  });
  afterAll(async () => {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { engine: () => engine, place: (name) => join(folder, name) };
}

/** The text of a path inside a Python expression. */
export function quoted(path: string): string {
  return JSON.stringify(path);
}

/** An NDArray of small numbers that every element type holds. */
export function smallNumbers(shape: readonly number[]): NDArray {
  const size = shape.reduce((product, length) => product * length, 1);
  return new NDArray(
    Float64Array.from({ length: size }, (_, i) => (i * 7) % 11),
    shape,
  );
}
