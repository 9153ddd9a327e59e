import type { Ledger } from "../../../../kernel/src/dag/engine/ledger.js";
import type { SpillFolder } from "../../../../kernel/src/dag/engine/spill-folder.js";
import { StoredResult } from "../../../../kernel/src/dag/engine/stored-result.js";
import type { Encoded } from "../../../../kernel/src/dag/engine/value.js";

/** A folder whose writes end when the test says so. */
function heldFolder() {
  const files = new Map<string, Uint8Array>();
  const writes: (() => void)[] = [];
  const folder = {
    write: (bytes: Uint8Array) =>
      new Promise<string>((resolve) => {
        writes.push(() => {
          files.set("file", bytes.slice());
          resolve("file");
        });
      }),
    read: async (path: string, target: Uint8Array) => target.set(files.get(path) ?? []),
    delete: (path: string) => files.delete(path),
  };
  const endWrites = (): void => {
    for (const end of writes) end();
  };
  return { folder: folder as unknown as SpillFolder, files, endWrites };
}

/** Counts bytes in memory and on disk. */
class Counts implements Ledger {
  memory = 0;
  disk = 0;
  held(delta: number): void {
    this.memory += delta;
  }
  spilled(delta: number): void {
    this.disk += delta;
  }
}

test("one that two hold goes when both have released it, and tells of its moves only who still listens", async () => {
  const { folder, files, endWrites } = heldFolder();
  const [run, engine] = [new Counts(), new Counts()];
  const moves: Encoded[] = [];
  const stored = new StoredResult(new Uint8Array(100).fill(7), run, folder, (value) => moves.push(value));
  expect([stored.share() === stored, stored.isShared]).toEqual([true, true]);
  stored.moveTo(engine);
  const spilled = stored.spill(() => false);
  endWrites();
  await spilled;
  expect([run.memory, engine.memory, engine.disk, moves]).toEqual([0, 0, 100, [undefined]]);
  stored.moveUnheard();
  stored.release();
  await stored.load();
  expect([stored.isInMemory, stored.isShared, moves.length, files.size]).toEqual([true, false, 1, 1]);
  stored.release();
  expect([engine.memory, engine.disk, files.size]).toEqual([0, 0, 0]);
});

test("bytes that are taken out while they are written do not move away under the writer", async () => {
  const { folder, files, endWrites } = heldFolder();
  const counts = new Counts();
  const bytes = new Uint8Array(100).fill(7);
  const stored = new StoredResult(bytes, counts, folder, () => undefined);
  const spilled = stored.spill(() => false);
  const taken = stored.takeOut() as Uint8Array<ArrayBuffer>;
  expect(taken).toEqual(bytes);
  structuredClone(taken, { transfer: [taken.buffer] });
  expect(bytes.byteLength).toBe(100);
  endWrites();
  await spilled;
  expect([counts.memory, counts.disk, files.size]).toEqual([0, 0, 0]);
});
