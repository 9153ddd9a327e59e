import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { SpillFolder } from "../../../../kernel/src/dag/engine/spill-folder.js";

const script = join(import.meta.dirname, "../../../support/spill-and-die.mjs");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dagbook-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [script, ...args], { env: { ...process.env, TMPDIR: folder }, encoding: "utf8" });
const filesIn = () => readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith(".bin"));

test("what a killed process left on disk is removed by the next one that spills, which leaves nothing itself", () => {
  const killed = run("die");
  expect(killed.signal).toBe("SIGKILL");
  expect(filesIn().length).toBeGreaterThanOrEqual(10);
  const next = run();
  expect([next.stderr, next.stdout]).toEqual(["", "20,5000"]);
  expect(readdirSync(folder)).toEqual([]);
});

test("bytes come back as they were, from a file that only its user can read", async () => {
  const spill = new SpillFolder("test");
  const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
  const path = await spill.write(bytes);
  expect(statSync(path).size).toBe(100_000);
  // Windows has no such bits.
  const modes = [path, dirname(path), dirname(dirname(path))].map((at) => statSync(at).mode & 0o777);
  if (process.platform !== "win32") expect(modes).toEqual([0o600, 0o700, 0o700]);
  const target = new Uint8Array(100_000);
  await spill.read(path, target);
  expect(target).toEqual(bytes);
  await expect(spill.read(path, new Uint8Array(100_001))).rejects.toThrow("the file ends after 100000 of 100001 bytes");
  await spill.close();
  expect(() => statSync(dirname(path))).toThrow("ENOENT");
});
