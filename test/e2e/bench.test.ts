import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** What was measured of dagbook: the name of each row that has a figure. */
function rowsOf(...args: string[]): string[] {
  const script = join(root, "test/bench/run.mjs");
  const printed = execFileSync(process.execPath, [script, ...args, "--quick"], { encoding: "utf8", timeout: 100_000 });
  return Array.from(
    printed.matchAll(/^\| ([^|]*[^ |]) +\|[^|]*\| -?[\d.,e-]+ (?:s|ms|MB|KB|µs a task|results|%) +\|/gm),
    ([, name]) => name,
  );
}

test("the bench of the kernel gets every figure of dagbook", () => {
  expect(rowsOf("kernel", "--against=")).toHaveLength(15);
}, 120_000);

test("the benches of graphs and of the scheduler get every figure of dagbook", () => {
  const rows = rowsOf("graph", "scheduler", "order");
  expect(rows.filter((name) => name.startsWith("build, fuse, order and pack"))).toHaveLength(1);
  expect(rows.filter((name) => name.includes("no-op tasks"))).toHaveLength(2);
  expect(rows.filter((name) => /^(tree sum|chain of|events cost)/.test(name))).toHaveLength(4);
  expect(rows.filter((name) => name.startsWith("dask.array, 28 graphs"))).toHaveLength(1);
  expect(rows.filter((name) => name.endsWith("highest pressure"))).toHaveLength(6 + 28);
  expect(rows.filter((name) => name.startsWith("order, "))).toHaveLength(4);
  expect(rows).toHaveLength(46);
}, 120_000);

test("the bench of the view gets every figure of dagbook", () => {
  expect(rowsOf("view")).toHaveLength(7);
}, 120_000);
