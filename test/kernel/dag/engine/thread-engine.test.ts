import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";
import { changed, openGate, sharedCells } from "../../../support/engines.js";
import { closure, packedGraph, requestOf, result } from "../../../support/packed-graphs.js";

const threadId = closure('() => process.getBuiltinModule("node:worker_threads").threadId');

test("threads stay for later runs", async () => {
  const engine = new ThreadEngine({ workers: 1 });
  const graph = packedGraph({ a: [threadId], b: [threadId] }, ["a", "b"]);
  const first = await engine.start(requestOf(graph)).results;
  expect(await engine.start(requestOf(graph)).results).toEqual(first);
  expect(first[0]).toBe(first[1]);
  await engine.close();
});

test("a thread that ends between tasks is replaced by one that gets the functions again", async () => {
  const engine = new ThreadEngine({ workers: 1 });
  const { buffer, cells } = sharedCells();
  const graph = packedGraph({ a: ["inc", 1], b: ["exitAfterwards", buffer, result("a")] }, ["b"]);
  expect(await engine.start(requestOf(graph)).results).toEqual(["ended"]);
  openGate(cells);
  await changed(cells, 0, 0);
  for (let i = 0; i < 3; i++) {
    expect(await engine.start(requestOf(packedGraph({ a: ["inc", i] }, ["a"]))).results).toEqual([i + 1]);
  }
  await engine.close();
});

test("an idle engine does not keep its process alive", async () => {
  const url = new URL("../../../../kernel/dist/dag/", import.meta.url).href;
  const script = `
    const { ThreadEngine } = await import("${url}engine/thread-engine.js");
    const { packGraph } = await import("${url}graph/pack.js");
    const { Graph } = await import("${url}graph/graph.js");
    const { task } = await import("${url}graph/task.js");
    const { plainScope, shipFunction } = await import("${url}functions/index.js");
    const graph = packGraph(Graph.from({ x: task(() => 6 * 7) }), ["x"], (fn) => shipFunction(fn, plainScope), true);
    const run = new ThreadEngine().start({ graph, options: {}, title: "x", progress: true });
    process.stdout.write(String(await run.results));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
    timeout: 20_000,
  });
  expect(stdout).toBe("42");
});

test.each([0, 1.5, -1])("refuses %d workers", (workers) => {
  expect(() => new ThreadEngine({ workers })).toThrow(`workers: ${workers} is not a positive integer`);
});
