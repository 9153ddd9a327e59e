import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { Arena } from "../../../../kernel/src/dag/memory/arena.js";

const arenaUrl = new URL("../../../../kernel/dist/dag/memory/arena.js", import.meta.url).href;

// Allocates and releases blocks of changing size; checks that nobody else writes into them.
const script = `
  const { parentPort, workerData } = require("node:worker_threads");
  import(workerData.url).then(({ Arena }) => {
    const arena = Arena.attach(workerData.handle, workerData.owner);
    const live = [];
    let overlaps = 0;
    parentPort.postMessage("started");
    for (let turn = 0; turn < workerData.turns; turn++) {
      const block = arena.allocate("int32", [1 + ((turn * 7919) % 3000)]);
      const view = arena.view(block).fill(workerData.mark);
      live.push(block);
      if (live.length > 20) {
        const [old] = live.splice((turn * 31) % 20, 1);
        if (arena.view(old).some((value) => value !== workerData.mark)) overlaps++;
        arena.release(old);
      }
    }
    for (const block of live) arena.release(block);
    parentPort.postMessage(overlaps);
  });
`;

function startWorker(arena: Arena, mark: number, turns: number, owner = 0): Worker {
  return new Worker(script, { eval: true, workerData: { url: arenaUrl, handle: arena.handle, mark, turns, owner } });
}

test("threads that allocate and release at once do not get each other's blocks", async () => {
  const arena = Arena.create({ limitBytes: 50e6 });
  const workers = [1, 2, 3].map((mark) => startWorker(arena, mark, 20_000));
  const overlaps = await Promise.all(
    workers.map(async (worker) => {
      await once(worker, "message");
      const [count] = await once(worker, "message");
      return count;
    }),
  );
  expect(overlaps).toEqual([0, 0, 0]);
  expect(arena.used).toBe(0);
});

test("workers killed while they allocate leave an arena that works, and nothing in it once they are cleaned up after", async () => {
  const arena = Arena.create({ limitBytes: 200e6 });
  const other = arena.newOwner();
  const kept = Arena.attach(arena.handle, other).allocate("int32", [100]);
  const before = arena.used;
  for (let round = 0; round < 30; round++) {
    const owner = arena.newOwner();
    const worker = startWorker(arena, 1, Number.POSITIVE_INFINITY, owner);
    await once(worker, "message");
    // the other thread is now in its loop; some allocations here vary the moment of the kill
    for (let i = 0; i < round * 20; i++) arena.release(arena.allocate("int32", [100]));
    await worker.terminate();
    arena.release(arena.allocate("float64", [1000]));
    arena.freeOwnedBy(owner);
    expect(arena.used).toBe(before);
  }
  arena.disown(kept);
  arena.freeOwnedBy(other);
  arena.release(kept);
  expect(arena.used).toBe(0);
});
