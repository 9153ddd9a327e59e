import { Announcer, type Spoken } from "../../../extension/src/renderer/announcer.js";

const at = (done: number, changes: Partial<Spoken> = {}): Spoken => ({
  title: "report",
  standing: "running",
  done,
  failed: 0,
  n: 100,
  ...changes,
});

test("quarters are spoken, and nothing in between", () => {
  const announcer = new Announcer();
  const spoken = [0, 10, 25, 30, 49, 50, 76].map((done, step) => announcer.next(at(done), step * 6000));
  expect(spoken.filter(Boolean)).toEqual(["report: 25 %", "report: 50 %", "report: 75 %"]);
});

test("two sentences are five seconds apart", () => {
  const announcer = new Announcer();
  const spoken = [25, 50, 75].map((done, step) => announcer.next(at(done), step * 3000));
  expect(spoken).toEqual(["report: 25 %", undefined, "report: 75 %"]);
});

test("the first failure is spoken, later ones are not", () => {
  const announcer = new Announcer();
  expect(announcer.next(at(3, { failed: 1 }), 0)).toBe("report: a task failed");
  expect(announcer.next(at(4, { failed: 2 }), 6000)).toBeUndefined();
});

test("the end is spoken at once, and only once", () => {
  const announcer = new Announcer();
  announcer.next(at(75), 0);
  expect(announcer.next(at(100, { standing: "finished" }), 100)).toBe("report: finished");
  expect(announcer.next(at(100, { standing: "finished" }), 9000)).toBeUndefined();
});

test("a run that had ended when it was opened is silent", () => {
  expect(new Announcer().next(at(100, { standing: "erred" }), 0)).toBeUndefined();
});

test("a run that is paused, goes on and is cancelled while it rests is told of each at once", () => {
  const announcer = new Announcer();
  announcer.next(at(25), 0);
  const standings = ["paused", "paused", "running", "paused", "cancelled"] as const;
  expect(standings.map((standing, step) => announcer.next(at(30, { standing }), 100 * step))).toEqual([
    "report: paused",
    undefined,
    "report: running",
    "report: paused",
    "report: cancelled",
  ]);
});
