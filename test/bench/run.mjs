// npm run bench [-- NAME ...]: every comparison with its rival, side by side in one run.
// Prints a table and writes bench/results.json. Needs `npm run setup -- --tests` (rivals come from .venv).
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";

const folder = import.meta.dirname;
const root = join(folder, "../..");

/**
 * @typedef {object} Row
 * @property {string} name what was done
 * @property {number} ours median
 * @property {string} unit
 * @property {number} rival median, in the same unit
 * @property {string} rivalName
 * @property {number} ratio rival / ours: how many times faster than the rival
 * @property {string} goal
 */

const wanted = process.argv.slice(2);
const modules = readdirSync(folder)
  .filter((name) => name.endsWith(".bench.mjs"))
  .filter((name) => wanted.length === 0 || wanted.some((text) => name.includes(text)));

const number = (value) => (Number.isFinite(value) ? value.toPrecision(3) : "-");

/** @type {Row[]} */
const rows = [];
for (const name of modules) {
  console.log(`running ${name}`);
  const { rows: measure } = await import(join(folder, name));
  rows.push(...(await measure()));
}
console.table(
  rows.map((row) => ({
    what: row.name,
    dagbook: `${number(row.ours)} ${row.unit}`,
    rival: `${row.rivalName} ${number(row.rival)} ${row.unit}`,
    "times faster": number(row.ratio),
    goal: row.goal,
  })),
);
mkdirSync(join(root, "bench"), { recursive: true });
const machine = { node: process.version, cores: os.availableParallelism(), cpu: os.cpus()[0]?.model };
writeFileSync(
  join(root, "bench/results.json"),
  `${JSON.stringify({ date: new Date().toISOString(), machine, rows }, null, 2)}\n`,
);
