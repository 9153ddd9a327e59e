import { computeWith } from "../../../kernel/src/dag/compute.js";
import { context, useEngine } from "../../../kernel/src/dag/context.js";
import { delayed } from "../../../kernel/src/dag/delayed.js";
import { ThreadEngine } from "../../../kernel/src/dag/engine/thread-engine.js";

const place = delayed(() => `${process.pid}/${process.getBuiltinModule("node:worker_threads").threadId}`);
const here = `${process.pid}/0`;

let engine: ThreadEngine;
beforeAll(() => {
  engine = new ThreadEngine({ workers: 1 });
  useEngine(engine);
});
afterAll(async () => {
  useEngine(undefined);
  await engine.close();
});

test("an engine is named or given", async () => {
  const at = async (options: Parameters<typeof computeWith>[0]): Promise<string> =>
    (await computeWith(options, place()))[0] as string;
  const [threads, processes, sync] = [
    await at({ engine: "threads" }),
    await at({ engine: "processes" }),
    await at({ engine: "sync" }),
  ];
  expect(threads).toMatch(new RegExp(`^${process.pid}/[1-9]`));
  expect(processes).not.toMatch(new RegExp(`^${process.pid}/`));
  expect(sync).toBe(here);
  expect([await at({}), await at({ engine })]).toEqual([threads, threads]);
});

test("threads and processes are one engine, sync is another and the same each time", async () => {
  expect(await context.engine("threads")).toBe(engine);
  expect(await context.engine("processes")).toBe(engine);
  const sync = await context.engine("sync");
  expect(sync).not.toBe(engine);
  expect(await context.engine("sync")).toBe(sync);
});

test.each(["thread", "", 7, {}])("refuses the engine %p", async (wrong) => {
  await expect(computeWith({ engine: wrong as never }, place())).rejects.toMatchObject({
    name: "ArgumentError",
    message: expect.stringMatching(/^compute: engine must be "threads", "processes", "sync" or an engine and is /),
  });
});
