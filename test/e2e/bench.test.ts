import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

test("the bench of the kernel gets every figure of dagbook", () => {
  const args = [join(root, "test/bench/run.mjs"), "kernel", "--quick", "--against="];
  const printed = execFileSync(process.execPath, args, { encoding: "utf8", timeout: 60_000 });
  const figures = Array.from(
    printed.matchAll(/^\| ([^|]*[^ |]) +\|[^|]*\| ([\d.,]+) (?:s|ms|MB) +\|/gm),
    ([, name]) => name,
  );
  expect(figures).toHaveLength(15);
}, 90_000);
