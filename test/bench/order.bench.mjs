// What orders hold: dask.order and ours on the same new random graphs and on the graphs of dask.array, made by
// test/support/dask_order.py. And what ordering costs: both on graphs of the same shape, larger ones for ours.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { reverseLinks } from "../../kernel/dist/dag/graph/links.js";
import { orderLinks } from "../../kernel/dist/dag/graph/order/order-links.js";
import { costOf, pressureOf } from "../../kernel/dist/dag/graph/order/pressure.js";
import { heldIn, lastInFirstOut } from "./one-worker.mjs";

const COUNTS = { graphs: 300, largerGraphs: 30, size: 1_000_000, daskSize: 20_000 };
const QUICK = { graphs: 3, largerGraphs: 1, size: 1000, daskSize: 1000 };
const python = join(import.meta.dirname, "../../.venv/bin/python");
const script = join(import.meta.dirname, "../support/dask_order.py");

/** What task i of `size` needs. */
const shapes = {
  chain: (i) => (i === 0 ? [] : [i - 1]),
  "tree of pairs": (i, size) => (i <= size / 2 ? [] : [2 * i - size - 2, 2 * i - size - 1]),
  "blockwise of two arrays": (i) => (i % 4 < 2 ? [] : i % 4 === 2 ? [i - 2, i - 1] : [i - 1]),
  // the same numbers in both languages: a multiplicative hash
  "random band of 100": (i) =>
    i === 0 ? [] : [...new Set([1, 2].map((k) => Math.max(0, i - 1 - ((i * 7919 * k) % 100))))],
};

function daskGraphs(...args) {
  const env = { ...process.env, PYTHONHASHSEED: "0" };
  const output = execFileSync(python, [script, ...args], { env, encoding: "utf8", maxBuffer: 2 ** 28 });
  return output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** @param {(i: number) => readonly number[]} needsOf */
function linksOf(size, needsOf) {
  const start = new Int32Array(size + 1);
  const to = [];
  for (let i = 0; i < size; i++) {
    for (const needed of needsOf(i)) to.push(needed);
    start[i + 1] = to.length;
  }
  return { size, start, to: Int32Array.from(to) };
}

function peakOf({ needs }) {
  const links = linksOf(needs.length, (i) => needs[i]);
  const sequence = new Int32Array(links.size);
  for (const [node, position] of orderLinks(links).entries()) sequence[position] = node;
  return costOf(pressureOf(sequence, links, reverseLinks(links), new Float64Array(links.size).fill(1))).peak;
}

function peakRows(title, graphs) {
  const names = [...new Set(graphs.map(({ name }) => name))];
  return names.map((name) => {
    const own = graphs.filter((graph) => graph.name === name);
    const mean = (peak) => own.reduce((sum, graph) => sum + peak(graph), 0) / own.length;
    const optimum = own[0].optimum === undefined ? {} : { optimum: mean((graph) => graph.optimum) };
    return {
      name: `${title}, ${name}: highest pressure`,
      unit: "results",
      goal: "at most Dask's",
      ours: mean(peakOf),
      rivals: { "dask.order": mean(({ dask }) => dask), ...optimum },
    };
  });
}

/**
 * The graphs of dask.array as one worker of either side runs them: ours in the static order, Dask's newest first, under
 * its own names of keys and under its best.
 */
function heldRow(graphs) {
  const held = graphs.map(({ needs, sequences }) => {
    const links = linksOf(needs.length, (i) => needs[i]);
    const users = reverseLinks(links);
    const dask = (sequence) => heldIn(links, users, lastInFirstOut(links, users, positionsOf(sequence)));
    const position = orderLinks(links);
    return {
      ours: heldIn(
        links,
        users,
        Array.from(position.keys()).sort((a, b) => position[a] - position[b]),
      ),
      own: dask(sequences[0]),
      best: Math.min(...sequences.map(dask)),
    };
  });
  const sum = (which) => held.reduce((total, one) => total + one[which], 0);
  const higher = held.filter(({ ours, best }) => ours > best).length;
  return {
    name: `dask.array, ${held.length} graphs, one worker: sum of highest held results (${higher} graphs above Dask's best)`,
    unit: "results",
    goal: "at most Dask's, 0 graphs above",
    ours: sum("ours"),
    rivals: { "dask.order": sum("own"), "dask.order, best of 21 namings": sum("best") },
  };
}

function positionsOf(sequence) {
  const position = new Int32Array(sequence.length);
  for (const [i, task] of sequence.entries()) position[task] = i;
  return position;
}

/** Microseconds a task, the best of three on both sides; Dask gets a smaller graph of the same shape. */
function timeRow(name, needsOf, { size, daskSize }) {
  const links = linksOf(size, (i) => needsOf(i, size));
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    const start = performance.now();
    orderLinks(links);
    best = Math.min(best, ((performance.now() - start) / size) * 1e3);
  }
  const needs = Array.from({ length: daskSize }, (_, i) => needsOf(i, daskSize));
  const output = execFileSync(python, [script, "time"], { input: JSON.stringify(needs), encoding: "utf8" });
  return {
    name: `order, ${name}, of ${size.toLocaleString("en")} tasks (Dask: ${daskSize.toLocaleString("en")})`,
    unit: "µs a task",
    goal: "< 3 µs a task",
    ours: best,
    rivals: { "dask.order": Number(output) },
  };
}

/**
 * @param {{ quick: boolean }} options quick: tiny counts
 * @returns {Promise<import("./run.mjs").Row[]>}
 */
export async function rows({ quick }) {
  const counts = quick ? QUICK : COUNTS;
  return [
    ...peakRows("random graphs of 12 tasks", daskGraphs("families", String(counts.graphs), "2")),
    ...peakRows("random graphs of 60 tasks", daskGraphs("larger", String(counts.largerGraphs), "2")),
    ...peakRows("dask.array", daskGraphs("corpus")),
    heldRow(daskGraphs("orders")),
    ...Object.entries(shapes).map(([name, needsOf]) => timeRow(name, needsOf, counts)),
  ];
}
