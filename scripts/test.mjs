// npm test: set-up if needed, then everything that must hold. The last line is `N passed, N failed`.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { compile } from "./lib/build.mjs";
import { root, run } from "./lib/run.mjs";
import { Cure, finish, say } from "./lib/say.mjs";
import { setUp } from "./lib/setup.mjs";

const JEST = ["--experimental-vm-modules", "--no-warnings", "node_modules/jest/bin/jest.js"];
const folder = join(root, ".setup");
/** A suite takes minutes; one that hangs is a failure, not a wait. */
const LIMIT_MS = 20 * 60_000;

/** Runs jest on folders and returns its counts; a run that ends without a report is one failure. */
async function jest(name, args, env) {
  const report = join(folder, `jest-${name}.json`);
  rmSync(report, { force: true });
  mkdirSync(folder, { recursive: true });
  const code = await run(process.execPath, [...JEST, "--json", `--outputFile=${report}`, ...args], {
    env,
    limitMs: LIMIT_MS,
  });
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, "utf8"));
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

/** One check that is a command: passed if it ends well. */
async function check(name, step) {
  say(name);
  try {
    return (await step()) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  } catch (error) {
    if (!(error instanceof Cure)) throw error;
    console.error(error.message);
    return { passed: 0, failed: 1 };
  }
}

await finish(async () => {
  const { chromium } = await setUp({ tests: true });
  const env = { CHROMIUM_PATH: chromium };
  const counts = [
    await check("lint", async () => (await run("npm", ["run", "--silent", "lint"])) === 0),
    await check("types of the tests", async () => compile("test").then(() => true)),
    // The end-to-end tests start servers and browsers: one at a time, so that two cores are enough.
    await jest("unit", ["--maxWorkers=2", "test/kernel", "test/extension"], env),
    await jest("e2e", ["--runInBand", "test/e2e"], env),
  ];
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
});
