// Whether the process stays as large as it is: rounds of 800 MB of blocks, each dropped when the next one comes.
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const ROUNDS = 100;
const LARGE_ROUNDS = 1_000;
const QUICK_ROUNDS = 3;
const script = join(import.meta.dirname, "memory-rounds.mjs");

export async function rows({ quick, large }) {
  const rounds = quick ? QUICK_ROUNDS : large ? LARGE_ROUNDS : ROUNDS;
  const resident = JSON.parse(execFileSync(process.execPath, [script, String(rounds)], { encoding: "utf8" }));
  // By then the arena has had its peak: garbage is collected for each eighth of the limit.
  const half = resident.slice(0, Math.ceil(rounds / 2));
  const rest = resident.slice(half.length);
  return [
    {
      name: `RSS, first half of ${rounds} rounds of 800 MB`,
      unit: "MB",
      goal: "",
      ours: Math.max(...half),
      rivals: {},
    },
    { name: "RSS, second half", unit: "MB", goal: "as before", ours: Math.max(...rest), rivals: {} },
  ];
}
