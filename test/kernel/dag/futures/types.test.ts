import { delayed } from "../../../../kernel/src/dag/delayed.js";
import { type Future, gather, map, submit, submitWith } from "../../../../kernel/src/dag/futures/index.js";
import { onBothEngines } from "../../../support/futures.js";

onBothEngines(2, () => {
  // The annotations are half of the test: the compiler checks them.
  test("the type of a call is that of its function, also if the function says no types", async () => {
    const inc = (x: number) => x + 1;
    const count = (list: readonly number[]) => list.length;
    const annotated: Future<number> = submit(inc, submit(inc, 1));
    const inferred: Future<number> = submit((x, y, z) => x + y + z, 1, submit(inc, 2), delayed(inc)(3));
    const containers: Future<number> = submit(count, [1, submit(inc, 2)]);
    const promised: Future<string> = submit(async (x: number) => String(x), 1);
    const rest: Future<number> = submit((...all: readonly number[]) => all.length, ...map(inc, [1, 2]));
    const mapped: readonly Future<number>[] = map((n) => n + 1, [1, 2]);
    const mappedFutures: readonly Future<string>[] = map((n, s) => s + n, map(inc, [1]), new Set(["x"]));
    const gathered: { a: number; b: string[] } = await gather({ a: submit(inc, 1), b: ["x"] });
    const numbers: readonly number[] = await gather([annotated, inferred, containers, rest, ...mapped]);
    const texts: readonly string[] = await gather([promised, ...mappedFutures]);
    expect([numbers, texts, gathered]).toEqual([[3, 8, 2, 2, 2, 3], ["1", "x2"], { a: 2, b: ["x"] }]);
  });

  test("arguments and options of other types do not compile", async () => {
    // @ts-expect-error a number is no string
    const wrong = submit((x: string) => x.length, 1);
    expect(await wrong.result()).toBeUndefined();
    // @ts-expect-error there is no such option
    expect(() => submitWith({ retry: 1 }, (x: number) => x, 1)).toThrow('submit has no option "retry"');
  });
});
