import { jest } from "@jest/globals";
import { da } from "../../../../kernel/src/dag/array/index.js";
import { useEngine } from "../../../../kernel/src/dag/context.js";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";

let engine: ThreadEngine;
beforeAll(() => {
  engine = new ThreadEngine({ workers: 2 });
  useEngine(engine);
});
afterAll(async () => {
  useEngine(undefined);
  await engine.close();
});
afterEach(() => jest.restoreAllMocks());

const x = da.arange(10, { chunks: 4 });
const options = { progress: false } as const;

test.each(["threads", "processes", "sync"] as const)(
  "functions of elements and of blocks run on the engine %s",
  async (name) => {
    jest.spyOn(process.stderr, "write").mockReturnValue(true);
    const limits = { low: 2, table: Float64Array.of(0, 10, 20) };
    const compiled = da.map((a) => Math.max(a, limits.low), x);
    const looked = da.map((a) => {
      let sum = a;
      for (const value of limits.table) sum += value;
      return sum;
    }, compiled);
    const waited = looked.mapBlocks(async (block, { location: [[start]] }) => {
      await Promise.resolve();
      return block.data.map((value) => value + start);
    });
    const sum = await waited.sum().compute({ ...options, engine: name });
    expect(sum).toBe(2 + 2 + 44 + 10 * 30 + 4 * 4 + 2 * 8);
  },
);

test("an error of a function of blocks is the cause of the error of its task", async () => {
  const broken = x.mapBlocks((block) => {
    if (block.get(0) > 3) throw new RangeError("too far");
    return block;
  });
  await expect(broken.compute(options)).rejects.toMatchObject({ name: "TaskError", cause: { message: "too far" } });
});
