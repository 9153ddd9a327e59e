import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../../../../../kernel/native/type-checker.sh", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "dagbook-script-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A program that notes its arguments and never ends, whatever becomes of its input. */
const program = join(folder, "checker");
writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" >"${folder}/arguments"\nwhile :; do sleep 0.1; done\n`);
chmodSync(program, 0o755);

/** A machine without setpriv: there the script looks every two seconds. */
const bare = join(folder, "bin");
mkdirSync(bare);
for (const tool of ["sh", "sleep"]) symlinkSync(`/bin/${tool}`, join(bare, tool));

test.each([
  ["setpriv", process.env.PATH],
  ["no setpriv", bare],
])("with %s the checker ends when whoever started it is killed", async (_, PATH) => {
  const args = ["--api", "--async", "--cwd", `${program}\n/a folder`, "--callbacks=readFile"];
  const starts = `
    const child = require("node:child_process").spawn(${JSON.stringify(script)}, ${JSON.stringify(args)}, { stdio: ["pipe", "pipe", "ignore"] });
    child.once("spawn", () => console.log(child.pid));`;
  const parent = spawn(process.execPath, ["-e", starts], { stdio: ["ignore", "pipe", "inherit"], env: { PATH } });
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(line.toString());
  await until(() => argumentsOf().length > 0);
  expect(argumentsOf()).toEqual(["--api", "--async", "--cwd", "/a folder", "--callbacks=readFile"]);
  expect(isRunning(pid)).toBe(true);
  parent.kill("SIGKILL");
  await until(() => !isRunning(pid));
  rmSync(join(folder, "arguments"));
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(20);
}

function argumentsOf(): string[] {
  try {
    const lines = readFileSync(join(folder, "arguments"), "utf8").split("\n");
    return lines.length > 5 ? lines.slice(0, -1) : [];
  } catch {
    return [];
  }
}

/** A zombie has ended too: nobody has asked for its exit code yet. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
