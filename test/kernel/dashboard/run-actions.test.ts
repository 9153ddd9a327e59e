// What a view asks for takes effect in a real engine.
import { MessageChannel } from "node:worker_threads";
import type { Run } from "../../../kernel/src/dag/engine/engine.js";
import { EngineHost } from "../../../kernel/src/dag/engine/engine-host.js";
import { RemoteEngine } from "../../../kernel/src/dag/engine/remote-engine.js";
import { ThreadEngine } from "../../../kernel/src/dag/engine/thread-engine.js";
import { Dashboard } from "../../../kernel/src/dashboard/dashboard.js";
import type { KernelMessage, RunBundle } from "../../../kernel/src/dashboard/messages.js";
import { RUN_MIME_TYPE } from "../../../kernel/src/dashboard/messages.js";
import type { Comm } from "../../../kernel/src/jupyter/comm-manager.js";
import { changed, eventsOf, openGate, sharedCells } from "../../support/engines.js";
import { closure, packedGraph, requestOf, result, type TaskSpec } from "../../support/packed-graphs.js";

/** A view that is played: sends what the test says, and gives what the kernel answers. */
class View implements Comm {
  readonly id = "view";
  readonly received: KernelMessage[] = [];
  onMessage: ((data: unknown) => void) | undefined;
  onClose: (() => void) | undefined;
  #wake: () => void = () => {};

  send(data: object): void {
    this.received.push(data as KernelMessage);
    this.#wake();
  }

  close(): void {}

  ask(data: object): void {
    this.onMessage?.(data);
  }

  /** Resolves with the first message of that kind. */
  async heard<K extends KernelMessage["kind"]>(kind: K, run?: string): Promise<Extract<KernelMessage, { kind: K }>> {
    for (;;) {
      const found = this.received.find((message) => message.kind === kind && (run ?? message.run) === message.run);
      if (found !== undefined) return found as Extract<KernelMessage, { kind: K }>;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

interface Shown {
  readonly msgType: string;
  readonly display: string;
  readonly bundle: RunBundle;
}

let near: ThreadEngine;
let remote: RemoteEngine;
let view: View;
let shown: Shown[];
let writtenStack: (stack: string) => Promise<string | undefined>;

beforeEach(() => {
  const { port1, port2 } = new MessageChannel();
  near = new ThreadEngine({ workers: 2 });
  view = new View();
  shown = [];
  writtenStack = async (stack) => stack.replaceAll("cell-2.ts:6", "cell-2.ts:3");
  const dashboard = new Dashboard({
    publish: (msgType, content, _cell) => {
      const { data, transient } = content as { data: Record<string, RunBundle>; transient: { display_id: string } };
      shown.push({ msgType, display: transient.display_id, bundle: data[RUN_MIME_TYPE] });
    },
    registerTarget: (_name, onOpen) => onOpen(view, {}),
    writtenStack: (stack) => writtenStack(stack),
  });
  new EngineHost(near, port2, (run, request) => dashboard.observe(run, request));
  port2.unref();
  remote = new RemoteEngine(port1);
});
afterEach(() => near.close());

function start(tasks: Readonly<Record<string, TaskSpec>>, outputs: readonly string[]): Run {
  return remote.start({ ...requestOf(packedGraph(tasks, outputs), { isRepeatable: true }), cell: "cell" });
}

test("pause and resume take effect, every view hears of it, and one that comes later, too", async () => {
  const { buffer, cells } = sharedCells();
  const run = start({ a: ["countAndBlock", buffer], b: ["count", buffer, 0, result("a")] }, ["b"]);
  await changed(cells, 0, 0);
  view.ask({ kind: "subscribe", run: run.id });
  await view.heard("snapshot");
  view.ask({ kind: "pause", run: run.id });
  expect(await view.heard("paused")).toEqual({ kind: "paused", run: run.id, isPaused: true });
  openGate(cells);
  view.received.length = 0;
  view.ask({ kind: "subscribe", run: run.id });
  expect((await view.heard("snapshot")).bundle).toMatchObject({ state: "running", isPaused: true });
  view.received.length = 0;
  view.ask({ kind: "resume", run: run.id });
  expect(await view.heard("paused")).toMatchObject({ isPaused: false });
  await run.results;
  expect((await view.heard("end")).bundle.state).toBe("finished");
});

test("a retry makes a run that takes the place of the failed one in its output", async () => {
  const { buffer, cells } = sharedCells();
  const run = start({ a: ["inc", 1], b: ["failUntil", buffer, 1, result("a")], c: ["inc", result("b")] }, ["c"]);
  const again = new Promise<Run>((resolve) => remote.onRepeat((_of, run) => resolve(run)));
  view.ask({ kind: "subscribe", run: run.id });
  await expect(run.results).rejects.toThrow("not yet");
  await eventsOf(run);
  cells[1] = 1;
  view.ask({ kind: "retry", run: run.id });
  const { by } = await view.heard("repeated", run.id);
  view.ask({ kind: "subscribe", run: by });
  expect((await view.heard("end", by)).bundle).toMatchObject({ state: "finished", n: 2, repeats: run.id });
  expect(await (await again).results).toEqual([3]);
  const own = shown.filter(({ bundle }) => bundle.run === by);
  expect(
    own.every(({ msgType, display }) => msgType === "update_display_data" && display === `dagbook-${run.id}`),
  ).toBe(true);
});

test("a rerun runs the whole graph once more", async () => {
  const run = start({ a: ["inc", 1], b: ["inc", result("a")] }, ["b"]);
  await run.results;
  await eventsOf(run);
  view.ask({ kind: "rerun", run: run.id });
  const { by } = await view.heard("repeated");
  view.ask({ kind: "subscribe", run: by });
  expect((await view.heard("end", by)).bundle).toMatchObject({ state: "finished", n: 2 });
});

test("what cannot run again says why", async () => {
  const run = start({ a: ["inc", 1] }, ["a"]);
  await run.results;
  await eventsOf(run);
  view.ask({ kind: "retry", run: run.id });
  expect((await view.heard("refused")).reason).toMatch(/has finished, nothing in it has failed/);
  view.ask({ kind: "rerun", run: "run-of-another-kernel" });
  expect(await view.heard("unknown")).toEqual({ kind: "unknown", run: "run-of-another-kernel" });
});

test("a task is told with what it calls, its times, what it printed and its error at the places of the cell", async () => {
  const source = "function work(x, y) { console.log('hi', x); throw new RangeError('no ' + y); }";
  const run = start({ a: ["inc", 1], bad: [closure(source), result("a"), { ridge: 0.5 }] }, ["bad"]);
  writtenStack = async (stack) => stack.replace(/\n.*/s, "\n    at work (cell-2.ts:3:10)");
  await expect(run.results).rejects.toThrow("no [object Object]");
  await eventsOf(run);
  view.ask({ kind: "inspect", run: run.id, task: 1 });
  const task = await view.heard("task");
  expect(task).toEqual({
    kind: "task",
    run: run.id,
    task: 1,
    key: "bad",
    function: "closure",
    args: ["a", "{ridge: 0.5}"],
    state: 5,
    worker: expect.any(Number),
    queued: expect.any(Number),
    start: expect.any(Number),
    end: expect.any(Number),
    bytes: -1,
    log: "hi 2\n",
    isLogCut: false,
    error: {
      task: 1,
      key: "bad",
      name: "RangeError",
      message: expect.stringContaining("no [object Object]"),
      stack: "RangeError: no [object Object]\n    at work (cell-2.ts:3:10)",
    },
  });
  expect(task.worker).toBeGreaterThanOrEqual(0);
  expect(task.end).toBeGreaterThanOrEqual(task.start);
  expect(task.start).toBeGreaterThanOrEqual(task.queued);
});

test("a busy cell holds up no error: it is told with the places of the compiled code", async () => {
  const run = start({ a: ["fail", "no"] }, ["a"]);
  let asked = 0;
  writtenStack = async () => {
    asked += 1;
    return undefined;
  };
  await expect(run.results).rejects.toThrow("no");
  await eventsOf(run);
  view.ask({ kind: "subscribe", run: run.id });
  expect((await view.heard("end")).bundle.errors).toHaveLength(1);
  expect(asked).toBe(1);
});

test("a task that the run does not have is not answered, and the next question is", async () => {
  const run = start({ a: ["inc", 1] }, ["a"]);
  await run.results;
  await eventsOf(run);
  view.ask({ kind: "inspect", run: run.id, task: 7 });
  view.ask({ kind: "inspect", run: run.id, task: 0 });
  expect(await view.heard("task")).toMatchObject({ task: 0, args: ["1"], function: "inc" });
  expect(view.received).toHaveLength(1);
});

/** An action that works takes milliseconds; this is for a machine that has no time for tests. Goal: 200 ms. */
const HANG_MS = 10_000;

test("every action takes effect soon after the view has asked", async () => {
  const took: Record<string, number> = {};
  const measured = async (action: string, act: () => void, effect: () => Promise<unknown>) => {
    const askedAt = performance.now();
    act();
    await effect();
    took[action] = Math.round(performance.now() - askedAt);
  };
  const { buffer, cells } = sharedCells(3);
  const tasks: Record<string, TaskSpec> = { a: ["countAndBlock", buffer], b: ["failUntil", buffer, 2, result("a")] };
  const run = start(tasks, ["b"]);
  run.results.catch(() => undefined);
  await changed(cells, 0, 0);
  view.ask({ kind: "subscribe", run: run.id });
  await view.heard("snapshot");
  for (const kind of ["pause", "resume"] as const) {
    view.received.length = 0;
    await measured(
      kind,
      () => view.ask({ kind, run: run.id }),
      () => view.heard("paused"),
    );
  }
  openGate(cells);
  expect((await view.heard("end")).bundle.state).toBe("erred");
  cells[2] = 1;
  for (const kind of ["retry", "rerun"] as const) {
    view.received.length = 0;
    await measured(
      kind,
      () => view.ask({ kind, run: run.id }),
      async () => {
        const { by } = await view.heard("repeated");
        view.ask({ kind: "subscribe", run: by });
        await view.heard("end", by);
      },
    );
  }
  const other = sharedCells();
  const stopped = start({ a: ["countAndBlock", other.buffer], b: ["inc", result("a")] }, ["b"]);
  await changed(other.cells, 0, 0);
  await measured(
    "cancel",
    () => view.ask({ kind: "cancel", run: stopped.id }),
    () => stopped.results.catch(() => undefined),
  );
  openGate(other.cells);
  process.stdout.write(`milliseconds from question to effect: ${JSON.stringify(took)}\n`);
  expect(Object.keys(took).sort()).toEqual(["cancel", "pause", "rerun", "resume", "retry"]);
  for (const ms of Object.values(took)) expect(ms).toBeLessThan(HANG_MS);
});
