// npm start [-- --port N] [-- FOLDER]: set-up if needed, then JupyterLab on notebooks/.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { parseArgs } from "node:util";
import { inVenv } from "./lib/python.mjs";
import { root } from "./lib/run.mjs";
import { Cure, finish, say } from "./lib/say.mjs";
import { setUp } from "./lib/setup.mjs";

const FIRST_PORT = 8888;
const LAST_PORT = 8938;
const GRACE_MS = 10_000;

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

async function choosePort(asked) {
  if (asked !== undefined) {
    const port = Number(asked);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new Cure(
        `--port ${asked} is not a port: give a number from 1 to 65535, for example npm start -- --port 9000`,
      );
    }
    if (await isFree(port)) return port;
    throw new Cure(
      `port ${port} is in use by another program: end it or choose another, for example npm start -- --port ${port + 1}`,
    );
  }
  for (let port = FIRST_PORT; port <= LAST_PORT; port++) if (await isFree(port)) return port;
  throw new Cure(`no free port from ${FIRST_PORT} to ${LAST_PORT}: choose one, for example npm start -- --port 9000`);
}

/** A browser opens only where there is a screen. */
function hasScreen() {
  if (process.env.CI) return false;
  return process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Ends the server's whole process group: it stops its kernels itself, what is left after the grace is killed.
 * @returns {() => boolean} whether the end was asked for
 */
function stopOnSignals(child) {
  let stopping = false;
  const signalGroup = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // the group has ended
    }
  };
  const stop = () => {
    if (stopping) return signalGroup("SIGKILL");
    stopping = true;
    say("stopping JupyterLab and its kernels");
    child.kill("SIGTERM");
    setTimeout(() => signalGroup("SIGKILL"), GRACE_MS).unref();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  child.on("exit", () => signalGroup("SIGTERM"));
  return () => stopping;
}

await finish(async () => {
  const { values, positionals } = parseArgs({ options: { port: { type: "string" } }, allowPositionals: true });
  await setUp();
  const port = await choosePort(values.port);
  const args = ["lab", positionals[0] ?? "notebooks", "--ip=127.0.0.1", `--port=${port}`, "--ServerApp.port_retries=0"];
  if (!hasScreen()) args.push("--no-browser");
  if (process.getuid?.() === 0) args.push("--allow-root");
  say(`JupyterLab on http://127.0.0.1:${port}/lab (the address with its token follows; Ctrl-C stops it)`);
  const child = spawn(inVenv("jupyter"), args, { cwd: root, stdio: ["ignore", "inherit", "inherit"], detached: true });
  const wasAsked = stopOnSignals(child);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(wasAsked() ? 0 : (code ?? 1)));
  });
});
