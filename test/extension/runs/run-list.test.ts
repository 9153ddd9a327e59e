import { jest } from "@jest/globals";
import type { RunEntry } from "dagbook/dashboard-messages";
import { CommClient, type KernelSource } from "../../../extension/src/renderer/comm-client.js";
import { KernelLines } from "../../../extension/src/runs/kernel-lines.js";
import { RunList } from "../../../extension/src/runs/run-list.js";
import { statusText } from "../../../extension/src/runs/status-text.js";
import { FakeKernel, FakeSignal } from "../../support/fake-kernel.js";

// A line that is watched asks again every minute.
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ["performance"] });
});
afterEach(() => {
  jest.useRealTimers();
});

/** A page on a server with these kernels, none of whose documents is open. */
function page() {
  const connections: (FakeKernel & { id: string; isDisposed: boolean })[] = [];
  const running: { id: string; name: string }[] = [];
  const kernels = {
    runningChanged: new FakeSignal<unknown>(),
    running: () => running.values(),
    connectTo({ model, handleComms }: { model: { id: string }; handleComms: boolean }) {
      expect(handleComms).toBe(false);
      const signals = {
        statusChanged: new FakeSignal<string>(),
        connectionStatusChanged: new FakeSignal<string>(),
        iopubMessage: new FakeSignal<unknown>(),
        disposed: new FakeSignal<unknown>(),
      };
      const connection = Object.assign(new FakeKernel(), signals, {
        id: model.id,
        isDisposed: false,
        connectionStatus: "connecting",
        dispose() {
          connection.isDisposed = true;
        },
      });
      connections.push(connection);
      return connection;
    },
  };
  const sessions = {
    runningChanged: new FakeSignal<unknown>(),
    running: () => [{ path: "closed.ipynb", kernel: { id: "k-closed" } }].values(),
  };
  const lines = new KernelLines({ kernels, sessions } as never);
  return { lines, list: new RunList(lines), running, kernels, connections };
}

/** Opens a notebook on the page. */
function openNotebook(lines: KernelLines, id: string, name = "dagbook") {
  const kernel = Object.assign(new FakeKernel(), { id, name });
  const context = {
    session: { kernel } as { kernel: typeof kernel | null },
    path: `${id}.ipynb`,
    kernelChanged: new FakeSignal<unknown>(),
    propertyChanged: new FakeSignal<unknown>(),
    statusChanged: new FakeSignal<string>(),
    connectionStatusChanged: new FakeSignal<string>(),
    disposed: new FakeSignal<unknown>(),
  };
  const client = new CommClient(context as unknown as KernelSource);
  lines.add(context as never, client);
  const tell = (...runs: Partial<RunEntry>[]) =>
    kernel.comms.at(-1)!.hear({
      kind: "runs",
      now: 10_000,
      runs: runs.map((run) => ({
        ...{ run: "r", title: "report", state: "finished", t0: 1_000, t1: 500, n: 4, done: 4, erred: 0, running: 0 },
        ...run,
      })),
      pool: { workers: 2, running: 1, bytes: 1_048_576, limit: 1 },
    });
  return { kernel, context, tell };
}

test("the runs of all notebooks stand on one list, newest first", () => {
  const { lines, list } = page();
  const [a, b] = [openNotebook(lines, "a"), openNotebook(lines, "b")];
  a.tell({ run: "old", t0: 1_000 }, { run: "new", t0: 9_000 });
  b.tell({ run: "middle", t0: 5_000 });
  expect(list.runs.map(({ run, line }) => `${line.path} ${run}`)).toEqual([
    "a.ipynb new",
    "b.ipynb middle",
    "a.ipynb old",
  ]);
  expect(list.pool).toEqual({ workers: 4, running: 2, bytes: 2_097_152 });
});

test("the clock of a running run goes on, that of an ended one stands", () => {
  const { lines, list } = page();
  openNotebook(lines, "a").tell({ run: "runs", state: "running", t0: 9_000, t1: null }, { run: "ended", t1: 500 });
  const [runs, ended] = list.runs;
  expect(runs!.elapsed).toBeGreaterThanOrEqual(1_000);
  expect(ended!.elapsed).toBe(500);
});

test("kernels of others are not asked", () => {
  const { lines, list } = page();
  const { kernel } = openNotebook(lines, "python", "python3");
  openNotebook(lines, "tslab", "dagbook-tslab");
  expect(kernel.comms).toEqual([]);
  expect(lines.lines.map((line) => line.kernel)).toEqual(["tslab"]);
  expect(list.pool).toBeUndefined();
});

test("a notebook that is closed, or whose kernel is gone, takes its runs with it", () => {
  const { lines, list } = page();
  const [a, b] = [openNotebook(lines, "a"), openNotebook(lines, "b")];
  a.tell({});
  b.tell({});
  a.context.disposed.emit(undefined);
  expect(list.runs.length).toBe(1);
  b.context.statusChanged.emit("dead");
  expect([list.runs, list.pool]).toEqual([[], undefined]);
});

test("commands act on the run that goes on, else on the last", () => {
  const { lines, list } = page();
  const { tell } = openNotebook(lines, "a");
  tell({ run: "old", state: "running", t0: 1_000, t1: null }, { run: "new", t0: 9_000 });
  expect(list.currentOf("a")?.run).toBe("old");
  tell({ run: "old", t0: 1_000 }, { run: "new", t0: 9_000 });
  expect(list.currentOf("a")?.run).toBe("new");
  expect(list.currentOf("b")).toBeUndefined();
});

test("kernels of closed notebooks are connected only while somebody wants them, and never twice", () => {
  const { lines, running, kernels, connections } = page();
  running.push({ id: "k-closed", name: "dagbook" }, { id: "k-python", name: "python3" });
  kernels.runningChanged.emit(undefined);
  expect(connections).toEqual([]);
  const exclude = lines.includeClosed();
  kernels.runningChanged.emit(undefined);
  expect(lines.lines.map(({ kernel, path, isOpen }) => ({ kernel, path, isOpen }))).toEqual([
    { kernel: "k-closed", path: "closed.ipynb", isOpen: false },
  ]);
  expect(connections.map(({ id, isDisposed }) => [id, isDisposed])).toEqual([["k-closed", false]]);
  // Its notebook is opened: that one has a line of its own.
  openNotebook(lines, "k-closed");
  expect(connections[0]!.isDisposed).toBe(true);
  expect(lines.lines.map(({ isOpen }) => isOpen)).toEqual([true]);
  exclude();
  expect(connections.length).toBe(1);
});

test.each([
  [{ running: 7, workers: 4, bytes: 327_155_712 }, "dagbook 7 running · 4 workers · 312 MiB"],
  [{ running: 0, workers: 1, bytes: 0 }, "dagbook idle · 1 worker"],
  [{ running: 0, workers: 0, bytes: 0 }, "dagbook idle"],
])("the status bar says %j as %s", (pool, text) => {
  expect(statusText(pool)).toBe(text);
});
