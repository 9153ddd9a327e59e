import { bundleOfStore } from "../../../../extension/src/view/export/bundle-of-store.js";
import { reportHtml } from "../../../../extension/src/view/export/report-html.js";
import { RunStore } from "../../../../extension/src/view/store/run-store.js";
import { SimulatedRun } from "../../../support/simulate-run.js";
import { matmulGraph, reportGraph } from "../../../support/simulated-graphs.js";

test("a store gives back the bundle it was made of, and after deltas what they say", () => {
  const run = new SimulatedRun(matmulGraph(4), { workers: 4 });
  const store = RunStore.fromBundle(run.bundleAt(run.end / 2));
  const before = run.bundleAt(run.end / 2);
  const again = RunStore.fromBundle(bundleOfStore(store));
  expect([again.forms(), again.seq, again.elapsed]).toEqual([store.forms(), store.seq, store.elapsed]);
  expect(JSON.parse(JSON.stringify(bundleOfStore(store).groups))).toEqual(JSON.parse(JSON.stringify(before.groups)));
  store.apply({
    ...{ kind: "delta", run: store.run, seq: store.seq + 1, now: store.elapsed + 5, pi: [], pf: [], errors: [] },
    ...{ i: [0], s: [6], a: [-1], b: [-1], w: [-1], memory: { t: [], bytes: [] } },
  });
  const later = bundleOfStore(store);
  expect([later.tasks!.state[0], later.seq]).toEqual([6, store.seq]);
  expect(RunStore.fromBundle(later).forms()).toEqual(store.forms());
});

test("the report tells functions, slowest tasks and failures, and carries its data", () => {
  const run = new SimulatedRun(reportGraph(), { workers: 3, failing: [8], title: "report" });
  const store = RunStore.fromBundle(run.bundleAt(run.end));
  const html = reportHtml(store, "<svg></svg>");
  expect(html).toContain("<h1>report</h1>");
  expect([...html.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, title]) => title)).toEqual([
    "Functions",
    "Slowest tasks",
    "Failures",
  ]);
  const slowest = html.slice(html.indexOf("Slowest tasks"), html.indexOf("Failures"));
  expect(slowest.match(/<tr><td>/g)!.length).toBe(run.bundleAt(run.end).tasks!.end.filter((end) => end >= 0).length);
  const data = /<script type="application\/json" id="run">(.*)<\/script>/.exec(html)![1]!;
  expect(JSON.parse(data)).toMatchObject({ run: store.run, title: "report", n: 13, state: "erred" });
});

test("nothing in a report is executed or loaded, whatever tasks are called", () => {
  const hostile = "</script><img src=x onerror=alert(1)>";
  const bundle = new SimulatedRun(reportGraph(), { failing: [8], title: hostile }).bundleAt(99_999);
  const errors = bundle.errors.map((error) => ({ ...error, key: hostile, message: hostile, stack: hostile }));
  const groups = bundle.groups.map((group) => ({ ...group, name: hostile }));
  const html = reportHtml(RunStore.fromBundle({ ...bundle, errors, groups }), "<svg></svg>");
  expect(html).not.toContain("<img");
  expect(html.match(/<script|<\/script/g)).toEqual(["<script", "</script"]);
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/\b(src|href)="/);
});
