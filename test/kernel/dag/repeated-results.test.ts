import { MessageChannel } from "node:worker_threads";
import { compute, computeWith } from "../../../kernel/src/dag/compute.js";
import { useCell, useEngine } from "../../../kernel/src/dag/context.js";
import { delayed } from "../../../kernel/src/dag/delayed.js";
import type { RepeatKind, Run } from "../../../kernel/src/dag/engine/engine.js";
import { EngineHost } from "../../../kernel/src/dag/engine/engine-host.js";
import { RemoteEngine } from "../../../kernel/src/dag/engine/remote-engine.js";
import { ThreadEngine } from "../../../kernel/src/dag/engine/thread-engine.js";
import { resultOf } from "../../../kernel/src/dag/repeated-results.js";
import { eventsOf, sharedCells } from "../../support/engines.js";

const checked = delayed(
  (shared: SharedArrayBuffer, value: number) => {
    if (Atomics.load(new Int32Array(shared), 0) === 0) throw new RangeError("not yet");
    return value;
  },
  { name: "checked" },
);
let near: ThreadEngine;
let remote: RemoteEngine;
let seen: Run[];

beforeAll(() => {
  const { port1, port2 } = new MessageChannel();
  near = new ThreadEngine({ workers: 1 });
  new EngineHost(near, port2, (run) => seen.push(run));
  port2.unref();
  remote = new RemoteEngine(port1);
  useEngine(remote);
  useCell(() => "cell");
});
beforeEach(() => {
  seen = [];
});
afterAll(async () => {
  useEngine(undefined);
  useCell(() => undefined);
  await near.close();
});

/** Runs the first run again as a view does. */
async function repeat(kind: RepeatKind): Promise<string> {
  await eventsOf(seen[0]);
  const id = seen[0].repeat!(kind);
  await remote.holders();
  return id;
}

test("the value of a retry has the form that the call would have given", async () => {
  const { buffer, cells } = sharedCells();
  await expect(checked(buffer, 7).compute()).rejects.toThrow("not yet");
  cells[0] = 1;
  expect(await resultOf(await repeat("failed"))).toBe(7);
  seen = [];
  expect(await compute({ a: checked(buffer, 1) }, 2)).toEqual([{ a: 1 }, 2]);
  expect(await resultOf(await repeat("all"))).toEqual([{ a: 1 }, 2]);
});

test("a run is named by the first characters of its id, with or without their beginning", async () => {
  const { buffer, cells } = sharedCells();
  cells[0] = 1;
  await checked(buffer, 3).compute();
  const id = await repeat("all");
  expect(await resultOf(id.slice(0, 12))).toBe(3);
  expect(await resultOf(id.slice(4, 12))).toBe(3);
  await expect(resultOf(id.slice(4, 7))).rejects.toThrow(
    /is no run of the last cell that was run again in this kernel; those whose values/,
  );
});

test("the error of a run that fails again is that of compute", async () => {
  const { buffer } = sharedCells();
  await expect(checked(buffer, 7).compute()).rejects.toThrow("not yet");
  await expect(resultOf(await repeat("failed"))).rejects.toMatchObject({ name: "TaskError" });
});

test("runs that nobody sees are not remembered", async () => {
  const { buffer, cells } = sharedCells();
  cells[0] = 1;
  await computeWith({ progress: false }, checked(buffer, 1));
  expect(seen[0].repeat).toBeUndefined();
});

test("the values of the last five runs that were run again are kept", async () => {
  const { buffer, cells } = sharedCells();
  cells[0] = 1;
  await checked(buffer, 3).compute();
  const ids: string[] = [];
  for (let i = 0; i < 6; i++) ids.push(await repeat("all"));
  await expect(resultOf(ids[0])).rejects.toMatchObject({ name: "ArgumentError" });
  expect(await Promise.all(ids.slice(1).map((id) => resultOf(id)))).toEqual([3, 3, 3, 3, 3]);
});

test("nothing of the runs of a cell is held when a run of another cell begins", async () => {
  const { buffer, cells } = sharedCells();
  await expect(checked(buffer, 7).compute()).rejects.toThrow("not yet");
  cells[0] = 1;
  useCell(() => "another cell");
  await checked(buffer, 8).compute();
  useCell(() => "cell");
  const id = await repeat("failed");
  await expect(resultOf(id)).rejects.toMatchObject({ name: "ArgumentError" });
});
