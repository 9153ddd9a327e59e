import { ReportQueue } from "../../../../kernel/src/dag/engine/report-queue.js";
import { reportOf } from "../../../../kernel/src/dag/engine/reported-results.js";
import { encode } from "../../../../kernel/src/dag/engine/value.js";
import { ArrivingResults } from "../../../../kernel/src/dag/observe/arriving-results.js";

test("a result is given whether it came before or after it was asked for, undefined too", async () => {
  const queue = new ReportQueue();
  const results = new ArrivingResults(queue);
  const early = [results.take(0), results.take(1)];
  queue.push(reportOf([1, 0, 2], [encode(undefined), encode({ a: [1] }), encode("two")]));
  expect(await Promise.all(early)).toEqual([{ a: [1] }, undefined]);
  expect(await results.take(2)).toBe("two");
});

test("what can come no more is an error for those who wait and for those who ask later", async () => {
  const queue = new ReportQueue();
  const results = new ArrivingResults(queue);
  const early = results.take(0);
  queue.push(reportOf([1], [1]));
  queue.close();
  await expect(early).rejects.toMatchObject({
    name: "CancelledError",
    message: expect.stringContaining("start the run again"),
  });
  await expect(results.take(2)).rejects.toMatchObject({ name: "CancelledError" });
  expect(await results.take(1)).toBe(1);
});
