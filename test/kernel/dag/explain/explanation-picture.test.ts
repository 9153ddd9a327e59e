import { explanationPicture, type Section } from "../../../../kernel/src/dag/explain/explanation-picture.js";
import { huePaint, paint } from "../../../../kernel/src/dag/explain/picture-paint.js";
import { ink } from "../../../../kernel/src/dashboard/svg/ink.js";

const ms = (value: number) => `${value} ms`;
const bytes = (value: number) => `${value} B`;
const entry = (group: string, worker: number, start: number, end: number) => {
  return { key: `${group}-${start}`, group, worker, start, end };
};
const section: Section = {
  name: "simulated",
  rows: [
    { head: "makespan", values: [10, 5], textOf: ms },
    { head: "peak", values: [40, 40], textOf: bytes },
  ],
  courses: [
    { policy: "fifo", stream: [entry("load", 0, 0, 10)], memory: { time: [10], held: [40] } },
    { policy: "combined", stream: [entry("load", 1, 0, 5)], memory: { time: [5], held: [40] } },
  ],
};

test("policies have one time axis: twice the time is twice as wide", () => {
  const svg = explanationPicture(section, ["load"]);
  const widths = Array.from(svg.matchAll(/ width="([\d.]+)" height="13"><title>/g), ([, width]) => Number(width));
  expect(widths).toEqual([559.5, 279.5]);
});

test("bars are as long as figures, and the lowest is strong where it is decided", () => {
  const svg = explanationPicture(section, ["load"]);
  const bars = svg.matchAll(/width="([\d.]+)" height="8" style="fill:([^"]*)"/g);
  const drawn = Array.from(bars, ([, width, fill]) => [fill === paint("track") ? "track" : "bar", Number(width)]);
  expect(drawn.filter(([kind]) => kind === "bar")).toEqual([
    ["bar", 118],
    ["bar", 118],
    ["bar", 59],
    ["bar", 118],
  ]);
  expect(svg.match(/text-anchor="end" font-weight="600">[^<]*/g)).toEqual(['text-anchor="end" font-weight="600">5 ms']);
});

test("functions have the colours of static pictures of runs, and of the theme where the extension tells it", () => {
  const svg = explanationPicture(section, ["other", "load"]);
  expect(svg).toContain(`<g style="fill:${huePaint(1)}"><rect`);
  expect(huePaint(0)).toBe("var(--dagbook-picture-hue-0,#2a3b99)");
  expect(huePaint(16)).toBe(huePaint(0));
  expect([paint("ground"), paint("ink"), paint("ink2")]).toEqual([
    `var(--dagbook-picture-ground,${ink.ground})`,
    `var(--dagbook-picture-ink,${ink.text})`,
    `var(--dagbook-picture-ink2,${ink.text2})`,
  ]);
});

test("a hundred thousand tasks on forty workers make a picture of bounded size", () => {
  const stream = Array.from({ length: 100_000 }, (_, i) => entry(`f${i % 7}`, i % 40, i, i + 40));
  const memory = { time: stream.map(({ end }) => end), held: stream.map((_, i) => i % 1_000) };
  const courses = [{ policy: "fifo", stream, memory }];
  const rows = [
    { head: "makespan", values: [100_039], textOf: ms },
    { ...section.rows[1]!, values: [1_000] },
  ];
  const groups = Array.from({ length: 7 }, (_, i) => `f${i}`);
  const svg = explanationPicture({ name: "measured", rows, courses }, groups);
  expect(svg.length).toBeLessThan(150_000);
  expect(svg).toContain("32 more workers");
});
