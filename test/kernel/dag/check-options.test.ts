import { da } from "../../../kernel/src/dag/array/index.js";
import { compute, computeWith } from "../../../kernel/src/dag/compute.js";
import { type DelayedOptions, delayed } from "../../../kernel/src/dag/delayed.js";
import { get } from "../../../kernel/src/dag/get.js";
import { visualizeWith } from "../../../kernel/src/dag/visualize.js";

const lazyWith = (options: object) => delayed((x: number) => x, options as DelayedOptions);

test("an unknown option is refused, with what was meant or what there is", () => {
  expect(() => lazyWith({ pur: true })).toThrow('delayed has no option "pur": did you mean "pure"?');
  expect(() => lazyWith({ threads: 1 })).toThrow('delayed has no option "threads": use name, pure, nout');
});

test.each([
  [{ nout: "2" }, "delayed: nout must be a whole number of at least 0 and is '2'"],
  [{ retries: -1 }, "delayed: retries must be a whole number of at least 0 and is -1"],
  [{ priority: "high" }, "delayed: priority must be a finite number and is 'high'"],
  [{ name: 3 }, "delayed: name must be a string and is 3"],
  [{ pure: 1 }, "delayed: pure must be true or false and is 1"],
])("%p is refused by delayed", (options, message) => {
  expect(() => lazyWith(options)).toThrow(message);
});

test.each([
  [{ workers: "2" }, "compute: workers must be a whole number of at least 1 and is '2'"],
  [{ signal: 3 }, "compute: signal must be an AbortSignal, such as AbortSignal.timeout(1000), and is 3"],
  [{ signal: new AbortController() }, 'did you mean "controller.signal"?'],
  [{ singal: undefined }, 'compute has no option "singal": did you mean "signal"?'],
  [{ engine: "thread" }, `and is 'thread': did you mean "threads"?`],
  [{ engine: "Sync" }, `and is 'Sync': did you mean "sync"?`],
  [{ policy: "FIFO" }, `and is 'FIFO': did you mean "fifo"?`],
  [
    { memoryLimit: "2 gigs" },
    `compute: memoryLimit must be bytes above 0, or a text such as "2 GB" (kB, MB, GB, TB, KiB, MiB, GiB, TiB), and is '2 gigs'`,
  ],
  [{ callbacks: { postTask: () => 1 } }, 'did you mean "posttask"?'],
  [{ callbacks: [{ finish: () => 1 }] }, "compute: callbacks must be an object with some of the functions"],
  [3, "the options of compute must be an object and are 3: write them as { engine: … }"],
  [["threads"], "the options of compute must be an object and are [ 'threads' ]"],
  [lazyWith({ name: "lazy", pure: true })(1), "the options of compute must be an object and are Delayed(lazy-"],
  [da.ones([2]), "the options of compute must be an object and are "],
])("%p is refused by compute and visualize", async (options, message) => {
  await expect(computeWith(options as object, 1)).rejects.toThrow(message);
  await expect(lazyWith({})(1).compute(options as object)).rejects.toThrow(message);
  expect(() => visualizeWith(options as object)).toThrow(message);
});

test("get has the options of compute and its own", async () => {
  await expect(get({ a: 1 }, "a", { worker: 1 } as object)).rejects.toThrow('did you mean "workers"?');
  expect(await get({ a: 1 }, "a", { cull: true, retries: 2 })).toBe(1);
});

test("an option that is undefined counts as left out", async () => {
  expect(await compute(1)).toEqual([1]);
  expect(lazyWith({ retries: undefined }).name).toBe("task");
});
