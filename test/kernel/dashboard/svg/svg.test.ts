import { contrast } from "../../../../extension/src/view/theme/color.js";
import { hues } from "../../../../extension/src/view/theme/hues.js";
import { bundleOf, plannedBundle } from "../../../../kernel/src/dashboard/bundle.js";
import type { RunBundle } from "../../../../kernel/src/dashboard/messages.js";
import { pngOf } from "../../../../kernel/src/dashboard/png.js";
import { RunStore } from "../../../../kernel/src/dashboard/run-store.js";
import { hue, ink } from "../../../../kernel/src/dashboard/svg/ink.js";
import { svgOf } from "../../../../kernel/src/dashboard/svg/svg.js";
import { blockGraph, type SimulatedTask, simulate, smallGraph } from "../../../support/simulated-run.js";

function bundleAfter(tasks: readonly SimulatedTask[], title: string, until?: number): RunBundle {
  const [started, ...events] = simulate(tasks, { run: "r", title, workers: 8, ...(until && { until }) });
  const store = new RunStore(started);
  for (const event of events) store.apply(event);
  return bundleOf(store, { seq: 1, now: store.now, use: "saved" });
}

test("title and description tell the picture in words", () => {
  const svg = svgOf(bundleAfter(smallGraph(), "report"));
  expect(svg).toContain("<title>report: finished, 13 tasks</title>");
  expect(svg).toMatch(/<desc>report · finished [^<]*\nmerge {6}1\/1 {7}0 {2}0\.25 s\n/);
});

test("user text is escaped wherever it stands, and control characters are dropped", () => {
  const title = '</title><script>alert("&")</script>\u0000\u001b';
  const tasks = smallGraph().map((task) => ({ ...task, group: `<${task.group}>` }));
  const svg = svgOf(bundleAfter(tasks, title));
  expect(["<script", "<read>", "\u0000", "\u001b"].filter((part) => svg.includes(part))).toEqual([]);
  expect(svg).toContain("&lt;/title&gt;&lt;script&gt;alert(&quot;&amp;&quot;)");
});

// A wide fan of 300 functions in a row: no cards, rows of bars are cut.
const manyFunctions = Array.from({ length: 300 }, (_, i) => ({
  group: `a_function_with_a_long_name_${i}`,
  needs: i === 0 ? [] : [i - 1],
  ms: 5,
}));
const tenThousand = Array.from({ length: 9_999 }, (_, i) => ({ group: `f${i % 20}`, needs: [], ms: 1 + (i % 7) }));

test.each([
  ["778 tasks", blockGraph()],
  ["300 functions", manyFunctions],
  ["9,999 tasks", tenThousand],
  [
    "30,000 tasks, told by sums",
    Array.from({ length: 30_000 }, (_, i) => ({ group: `f${i % 20}`, needs: [], ms: 1 + (i % 7) })),
  ],
])("the picture of %s is at most 40 KB, as PNG at most 60 KB", async (_name, tasks) => {
  const svg = svgOf(bundleAfter(tasks, "x".repeat(500)));
  expect(svg.length).toBeLessThanOrEqual(40_960);
  const png = Buffer.from(await pngOf(svg), "base64");
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(png.readUInt32BE(16)).toBe(960);
  expect(png.length).toBeLessThanOrEqual(61_440);
});

test("the bar of a running group shows its share: a quarter of the tasks, a quarter of the width", () => {
  const tasks = Array.from({ length: 8 }, () => ({ group: "f", needs: [], ms: 10 }));
  const [started, ...events] = simulate(tasks, { run: "r", title: "t", workers: 2, until: 10 });
  const store = new RunStore(started);
  for (const event of events) store.apply(event);
  const svg = svgOf(bundleOf(store, { seq: 1, now: 10, use: "saved" }));
  // The bar of the run is 916 wide and dark for what is done.
  expect(svg).toContain('<rect x="22" y="46" width="229" height="8" fill="#454c59"/>');
});

test("a planned graph is its cards alone", () => {
  const [started] = simulate(smallGraph(), { run: "r", title: "t", workers: 2 });
  const svg = svgOf(plannedBundle(started));
  expect(svg).toContain(">4 tasks</text>");
  expect(svg).not.toContain("Progress by function");
});

test("functions that need each other in turn are drawn without end", () => {
  const tasks = [0, 1, 2, 3].map((i) => ({ group: i % 2 ? "odd" : "even", needs: i === 0 ? [] : [i - 1], ms: 1 }));
  expect(svgOf(bundleAfter(tasks, "t"))).toMatch(/^<svg .*<\/svg>$/s);
});

test("a run of up to five tasks is a header, with its functions if it has several", () => {
  const [three, five] = [smallGraph().slice(0, 3), smallGraph().slice(0, 5)].map((tasks) =>
    svgOf(bundleAfter(tasks, "few")),
  );
  expect([three, five].map((svg) => /Progress by function|Task stream/.test(svg))).toEqual([false, false]);
  const heights = [three, five].map((svg) => Number(/ height="(\d+)"/.exec(svg)?.[1]));
  expect([heights[0] < 90, heights[1] < 160, five.includes(">clean</text>")]).toEqual([true, true, true]);
});

test("large counts stand beside the times and the bars, not on them", () => {
  const tasks = Array.from({ length: 50_000 }, (_, i) => ({
    group: i % 2 ? "clean" : "load",
    needs: i % 2 ? [i - 1] : [],
    ms: 5,
  }));
  const svg = svgOf(bundleAfter(tasks, "total"));
  const texts = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"([^>]*)>([^<]*)<\/text>/g)].map(
    ([, x, y, look, text]) => {
      const width = text.length * 6.6;
      const left = look.includes('"end"')
        ? Number(x) - width
        : look.includes('"middle"')
          ? Number(x) - width / 2
          : Number(x);
      return { y, text, left, right: left + width };
    },
  );
  const overlaps = texts.flatMap((a) =>
    texts.filter((b) => a !== b && a.y === b.y && a.left < b.left && a.right > b.left + 1).map((b) => [a.text, b.text]),
  );
  expect(svg).toContain(">25,000/25,000<");
  expect(overlaps).toEqual([]);
  const bars = [...svg.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="13"/g)];
  const ends = bars.map(([, x, width]) => Number(x) + Number(width));
  const counts = texts.filter(({ text, left }) => text === "25,000/25,000" && left > 500).map(({ left }) => left);
  expect(Math.max(...ends)).toBeLessThan(Math.min(...counts));
});

test("a stream of many tasks ends where its axis ends", () => {
  const svg = svgOf(bundleAfter(blockGraph(), "norm", 6_000));
  const ends = [...svg.matchAll(/M([\d.]+) [\d.]+h([\d.]+)/g)].map(([, x, width]) => Number(x) + Number(width));
  expect(ends.length).toBeGreaterThan(100);
  expect(Math.max(...ends)).toBeLessThanOrEqual(938.1);
});

/** Stretches of the stream's lanes: colour and path. */
function lanesOf(svg: string): Map<string, string> {
  return new Map([...svg.matchAll(/stroke="(#\w+)" d="(M[^"]*h[^"]*)"/g)].map(([, color, path]) => [color, path]));
}

test("a run told by sums has a stream: the function that ran longest in each slice, as long as its lane was busy", () => {
  const phase = (group: string, ms: number) => Array.from({ length: 5_200 }, () => ({ group, needs: [], ms }));
  const bundle = bundleAfter([...phase("first", 1), ...phase("second", 3)], "two functions");
  expect(bundle.tasks).toBeNull();
  const svg = svgOf(bundle);
  expect(svg).toContain("Task stream, one lane per worker");
  const [first, second] = ["#2a3b99", "#009cc3"].map((hue) => lanesOf(svg).get(hue) ?? "");
  const length = (path: string) => [...path.matchAll(/h([\d.]+)/g)].reduce((sum, [, width]) => sum + Number(width), 0);
  expect(length(second) / length(first)).toBeCloseTo(3, 0);
  const lefts = (path: string) => [...path.matchAll(/M([\d.]+) /g)].map(([, x]) => Number(x));
  expect(Math.max(...lefts(first))).toBeLessThanOrEqual(Math.min(...lefts(second)) + 8);
});

test("a slice in which a task threw is red", () => {
  const tasks = Array.from({ length: 10_400 }, () => ({ group: "f", needs: [], ms: 1 }));
  const [started, ...events] = simulate(tasks, { run: "r", title: "t", workers: 8, failing: 4_000 });
  const store = new RunStore(started);
  for (const event of events) store.apply(event);
  const svg = svgOf(bundleOf(store, { seq: 1, now: store.now, use: "saved" }));
  expect(lanesOf(svg).get("#c8322b")).toMatch(/^M[\d.]+ [\d.]+h[\d.]+$/);
});

test("workers that share a lane are named by the first of them", () => {
  const tasks = Array.from({ length: 10_400 }, () => ({ group: "f", needs: [], ms: 1 }));
  const [started, ...events] = simulate(tasks, { run: "r", title: "t", workers: 64 });
  const store = new RunStore(started);
  for (const event of events) store.apply(event);
  const svg = svgOf(bundleOf(store, { seq: 1, now: store.now, use: "saved" }));
  expect(svg).toContain("Task stream, one lane per 2 workers");
  expect([...svg.matchAll(/>w(\d+)</g)].slice(0, 2).map(([, name]) => name)).toEqual(["0", "6"]);
});

test("the picture of a paused run says that it is paused, until it goes on or ends", () => {
  const [started, ...events] = simulate(smallGraph(), { run: "r", title: "t", workers: 2, until: 600 });
  const store = new RunStore(started);
  for (const event of events) store.apply(event);
  const words = () => /<title>t: (\w+)/.exec(svgOf(bundleOf(store, { seq: 1, now: 600, use: "brief" })))?.[1];
  const pause = (isPaused: boolean) => store.apply({ type: "paused", run: "r", time: 600, isPaused });
  const said = [true, false, true].map((isPaused) => {
    pause(isPaused);
    return words();
  });
  store.apply({ type: "end", run: "r", state: "cancelled", time: 700, peak: 0 });
  expect([...said, words()]).toEqual(["paused", "running", "paused", "cancelled"]);
});

test("every text of the static picture is readable where it stands, and every hue is seen there", () => {
  for (const ground of [ink.ground, ink.panel]) {
    for (const text of [ink.text, ink.text2, ink.text3, ink.failed]) {
      expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
    }
    for (let group = 0; group < 16; group++) expect(contrast(hue(group), ground)).toBeGreaterThanOrEqual(3);
  }
  expect(Array.from({ length: 16 }, (_, group) => hue(group))).toEqual(hues(false, ink.panel));
});
