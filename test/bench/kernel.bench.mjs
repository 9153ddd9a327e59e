// The kernel against ipykernel, tslab and deno: all under jupyter_client, in turns, one table.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "./median.mjs";
import { rivalKernels } from "./rival-kernels.mjs";

const root = join(import.meta.dirname, "../..");
const rivals = ["ipykernel", "tslab", "deno"];
/** Rounds of each measure, and how much the heavy ones do; `rest` in seconds. Memory differs by 1 % between rounds. */
const COUNTS = {
  starts: 7,
  memory: 1,
  rest: 15,
  blocks: 10,
  block: 20,
  pauses: 30,
  requests: 30,
  heavy: 5,
  lines: 20_000,
  loop: 3_000_000,
  show: 10_000_000,
};
const QUICK = {
  starts: 1,
  memory: 1,
  rest: 0,
  blocks: 1,
  block: 3,
  pauses: 1,
  requests: 2,
  heavy: 1,
  lines: 100,
  loop: 1000,
  show: 1000,
};
const LIMIT_MS = 15 * 60_000;

const count = (number) => number.toLocaleString("en");

const measures = ({ lines, loop, show }) => [
  { key: "start", name: "start until kernel_info_reply", unit: "s", goal: "< 0.6 s" },
  { key: "first", name: "first trivial cell, reply", unit: "ms", goal: "" },
  { key: "reply", name: "trivial cell, many in a row, reply", unit: "ms", goal: "< 2 ms" },
  { key: "whole", name: "trivial cell, many in a row; reply, result and idle", unit: "ms", goal: "" },
  { key: "paused", name: "trivial cell after a pause, reply", unit: "ms", goal: "" },
  { key: "lines", name: `${count(lines)} printed lines, all in order, then idle`, unit: "s", goal: "< 0.3 s" },
  { key: "show", name: `display of ${count(show)} characters`, unit: "ms", goal: "" },
  { key: "loop", name: `top-level loop of ${count(loop)} rounds`, unit: "ms", goal: "" },
  { key: "complete", name: "completion", unit: "ms", goal: "" },
  { key: "inspect", name: "inspection", unit: "ms", goal: "" },
  { key: "interrupt", name: "interrupt of an endless loop, variables kept", unit: "ms", goal: "< 1,000 ms" },
  { key: "rss", name: "idle RSS after 20 cells (dagbook: types off)", unit: "MB", goal: "" },
  { key: "typed_rss", name: "idle RSS after 20 more and a completion (types on)", unit: "MB", goal: "< 130 MB" },
  { key: "pss", name: "idle PSS after 20 cells (dagbook: types off)", unit: "MB", goal: "" },
  { key: "typed_pss", name: "idle PSS after 20 more and a completion (types on)", unit: "MB", goal: "" },
];

/**
 * @param {object} options
 * @param {boolean} options.quick tiny counts: shows that the bench works, measures nothing
 * @param {readonly string[]} [options.against] names of the rivals; all of them by default
 * @returns {Promise<import("./run.mjs").Row[]>}
 */
export async function rows({ quick, against = rivals }) {
  const counts = quick ? QUICK : COUNTS;
  const times = measure(counts, against);
  const cellOf = (value) => (value === undefined ? "not installed" : typeof value === "string" ? value : median(value));
  return measures(counts).map(({ key, ...row }) => ({
    ...row,
    ours: cellOf(times[key].dagbook),
    rivals: Object.fromEntries(against.map((name) => [name, cellOf(times[key][name])])),
  }));
}

/** Values of each measure and kernel; in place of values, what a kernel did wrong. */
function measure(counts, against) {
  const prefix = mkdtempSync(join(tmpdir(), "dagbook-bench-"));
  try {
    execFileSync(process.execPath, [join(root, "kernel/dist/bin/dagbook.js"), "install", "--prefix", prefix]);
    const jupyter = join(prefix, "share/jupyter");
    const kernels = { dagbook: "dagbook", ...rivalKernels(jupyter, against) };
    const args = [join(import.meta.dirname, "kernel_times.py"), JSON.stringify({ kernels, counts })];
    const env = {
      ...process.env,
      JUPYTER_PATH: jupyter,
      // What kernels keep stays out of the folders of the user.
      JUPYTER_DATA_DIR: join(prefix, "data"),
      JUPYTER_RUNTIME_DIR: join(prefix, "runtime"),
      IPYTHONDIR: join(prefix, "ipython"),
      DENO_DIR: join(prefix, "deno"),
      DENO_NO_UPDATE_CHECK: "1",
    };
    const options = { env, cwd: root, encoding: "utf8", timeout: LIMIT_MS };
    return JSON.parse(execFileSync(join(root, ".venv/bin/python"), args, options));
  } finally {
    rmSync(prefix, { recursive: true, force: true });
  }
}
