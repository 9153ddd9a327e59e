// npm run bench [-- NAME ...] [--quick] [--large] [--avx2] [--against=RIVAL,...]: every comparison with its rivals, side by side.
// Prints a table for each and writes bench/results.json. Needs `npm run setup -- --tests` (rivals come from .venv).
// --quick: tiny counts, to see that the benches work; nothing is written. --large: also rows that take minutes.
// --avx2: NumPy without AVX-512, so that figures of machines that have it compare with those that do not.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { useEngine } from "../../kernel/dist/dag/context.js";
import { withoutAvx512 } from "./rival-process.mjs";
import { table } from "./table.mjs";

const folder = import.meta.dirname;
const root = join(folder, "../..");

/**
 * @typedef {object} Row
 * @property {string} name what was done; smaller figures are better
 * @property {string} unit
 * @property {string} goal
 * @property {Cell} ours
 * @property {Record<string, Cell>} rivals by name
 */
/** @typedef {number | string} Cell a median, or what went wrong in its place */

const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    large: { type: "boolean", default: false },
    avx2: { type: "boolean", default: false },
    against: { type: "string" },
  },
});
const modules = readdirSync(folder)
  .filter((name) => name.endsWith(".bench.mjs"))
  .filter((name) => wanted.length === 0 || wanted.some((text) => name.startsWith(text)));

if (options.avx2) withoutAvx512();

/** @type {Row[]} */
const rows = [];
for (const name of modules) {
  console.log(`running ${name}${options.avx2 ? ", rivals without AVX-512 (--avx2)" : ""}`);
  const { rows: measure } = await import(join(folder, name));
  const { quick, large, against } = options;
  const measured = await measure({ quick, large, against: against?.split(",").filter(Boolean) });
  // Each bench closes its own: the next one begins with a new engine.
  useEngine(undefined);
  console.log(`${table(measured)}\n`);
  rows.push(...measured);
}
if (!options.quick) {
  mkdirSync(join(root, "bench"), { recursive: true });
  const machine = { node: process.version, cores: os.availableParallelism(), cpu: os.cpus()[0]?.model };
  writeFileSync(
    join(root, "bench/results.json"),
    `${JSON.stringify({ date: new Date().toISOString(), machine, avx2: options.avx2, rows }, null, 2)}\n`,
  );
}
