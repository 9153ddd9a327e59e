import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Cure } from "./say.mjs";

/** The folder of the checkout. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Runs a command in the checkout with its output shown, and resolves to its exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, limitMs?: number }} [options] variables added to the environment;
 *   after `limitMs` the command is killed, which counts as failed
 */
export function run(command, args, { env = {}, limitMs } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
      timeout: limitMs,
      killSignal: "SIGKILL",
    });
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

/** Runs a command quietly; a failure becomes a Cure with the end of its output. */
export function must(command, args, cure) {
  const done = spawnSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
  if (done.status === 0) return done.stdout;
  const output = `${done.stdout ?? ""}${done.stderr ?? ""}${done.error ? done.error.message : ""}`;
  const tail = output.trim().split("\n").slice(-12).join("\n");
  throw new Cure(`${command} ${args.join(" ")} failed.\n${tail}\n\n${cure}`);
}

/** True if a command can be started and ends with 0. */
export function works(command, args) {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}
