import { isAfter, WorkerControl } from "../../../../kernel/src/dag/engine/worker-control.js";

test("the engine sees the task begun last, since when, and how far it is", () => {
  const engine = new WorkerControl();
  const worker = new WorkerControl(engine.buffer);
  expect(engine.begun()).toMatchObject({ ticket: 0 });
  worker.begin(1, 100);
  expect(engine.begun()).toEqual({ ticket: 1, since: 100, fraction: -1 });
  worker.progress(0.5);
  expect(engine.begun()).toEqual({ ticket: 1, since: 100, fraction: 0.5 });
  worker.begin(2, 200);
  expect(engine.begun()).toEqual({ ticket: 2, since: 200, fraction: -1 });
});

test("a recalled task does not begin; tasks sent later do", () => {
  const engine = new WorkerControl();
  const worker = new WorkerControl(engine.buffer);
  expect(worker.begin(1, 0)).toBe(true);
  expect(engine.recall(3)).toBe(1);
  expect([worker.begin(2, 0), worker.begin(3, 0), worker.begin(4, 0)]).toEqual([false, false, true]);
});

test("tickets go on after 2^31 tasks", () => {
  const last = 2 ** 31 - 1;
  const next = (last + 1) | 0;
  expect([isAfter(next, last), isAfter(last, next)]).toEqual([true, false]);
  const control = new WorkerControl();
  control.recall(last);
  expect(control.begin(next, 0)).toBe(true);
});

test("only the task at hand hears that it was cancelled, and only if it is one of those meant", async () => {
  const engine = new WorkerControl();
  const worker = new WorkerControl(engine.buffer);
  worker.begin(4, 0);
  engine.abort(1, 3);
  engine.abort(5, 9);
  expect(worker.aborted).toBe(0);
  const heard = worker.abortedAfter(0);
  engine.abort(2, 6);
  await heard;
  expect(worker.aborted).toBe(4);
  worker.begin(5, 0);
  expect(worker.aborted).not.toBe(worker.ticket);
});
