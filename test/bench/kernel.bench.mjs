// Start and trivial cell of the kernel against ipykernel and tslab, all under jupyter_client, in turns.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const STARTS = 5;
const CELLS = 50;

function writeTslabSpec(jupyter) {
  const folder = join(jupyter, "kernels", "tslab");
  mkdirSync(folder, { recursive: true });
  const tslab = join(root, "node_modules/tslab/bin/tslab");
  const argv = [process.execPath, tslab, "kernel", "--config-path={connection_file}"];
  writeFileSync(join(folder, "kernel.json"), JSON.stringify({ argv, display_name: "tslab", language: "typescript" }));
}

function measure() {
  const prefix = mkdtempSync(join(tmpdir(), "dagbook-bench-"));
  try {
    execFileSync(process.execPath, [join(root, "kernel/dist/bin/dagbook.js"), "install", "--prefix", prefix]);
    const jupyter = join(prefix, "share/jupyter");
    writeTslabSpec(jupyter);
    const args = [join(import.meta.dirname, "kernel_times.py"), "dagbook,python3,tslab", String(STARTS), String(CELLS)];
    const env = { ...process.env, JUPYTER_PATH: jupyter, IPYTHONDIR: join(prefix, "ipython") };
    const text = execFileSync(join(root, ".venv/bin/python"), args, { env, encoding: "utf8", timeout: 180_000 });
    return JSON.parse(text);
  } finally {
    rmSync(prefix, { recursive: true, force: true });
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** @returns {Promise<import("./run.mjs").Row[]>} */
export async function rows() {
  const times = measure();
  const comparisons = [
    { name: "kernel start until kernel_info_reply", key: "start", unit: "s", goal: "< 0.6 s" },
    { name: "trivial cell, reply and idle", key: "cell", unit: "ms", goal: "< 5 ms" },
  ];
  const rivals = { python3: "ipykernel", tslab: "tslab" };
  return comparisons.flatMap(({ name, key, unit, goal }) =>
    Object.entries(rivals).map(([kernel, rivalName]) => {
      const ours = median(times.dagbook[key]);
      const rival = median(times[kernel][key]);
      return { name, ours, unit, rival, rivalName, ratio: rival / ours, goal };
    }),
  );
}
