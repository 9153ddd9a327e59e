import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../support/free-port.js";

const root = join(import.meta.dirname, "../..");
const folders: string[] = [];
const children: ChildProcess[] = [];

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), "dagbook-start-"));
  folders.push(folder);
  return folder;
}

afterAll(async () => {
  for (const child of children) await ended(child);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Ends what `npm start` runs, as Ctrl-C does, and waits until it is gone. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid, "SIGINT");
  await gone;
}

/** The answer of the server; it prints its address a moment before it listens. */
async function ask(url: string, init?: RequestInit): Promise<unknown> {
  for (;;) {
    const response = await fetch(url, init).catch(() => undefined);
    if (response !== undefined) return response.json();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Resolves to the output so far once it matches; rejects when the process ends before. */
function outputOf(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const take = (part: Buffer) => {
      text += part.toString();
      if (pattern.test(text)) resolve(text);
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.once("exit", (code) => reject(new Error(`ended with ${code}:\n${text}`)));
  });
}

/** Command lines of live processes that mention `text` (Linux). */
function processesWith(text: string): string[] {
  const list = spawnSync("ps", ["-eo", "pid,stat,args"], { encoding: "utf8" }).stdout.split("\n");
  return list.filter((line) => line.includes(text) && !/^\s*\d+\s+Z/.test(line));
}

test("npm start opens JupyterLab with our kernel on notebooks/ and Ctrl-C leaves no process", async () => {
  const port = await freePort();
  const env = { ...process.env, CI: "1", JUPYTER_RUNTIME_DIR: temporary(), JUPYTER_CONFIG_DIR: temporary() };
  const child = spawn("npm", ["start", "--silent", "--", "--port", String(port)], { cwd: root, env, detached: true });
  children.push(child);
  const text = await outputOf(child, /\/lab\?token=\w+/);
  // Nothing but what a person can use.
  expect(text.split("\n").filter((line) => line.length > 400 || line.startsWith("Fail"))).toEqual([]);
  const token = /token=(\w+)/.exec(text)?.[1];
  const url = (path: string) => `http://127.0.0.1:${port}/${path}?token=${token}`;
  const { kernelspecs } = (await ask(url("api/kernelspecs"))) as {
    kernelspecs: Record<string, { spec: { display_name: string } }>;
  };
  expect(kernelspecs.dagbook?.spec.display_name).toBe("TypeScript (dagbook)");
  expect(kernelspecs["dagbook-tslab"]?.spec.display_name).toBe("TypeScript (dagbook, tslab engine)");
  const { content } = (await ask(url("api/contents/"))) as { content: { name: string }[] };
  expect(content.map((entry) => entry.name)).toEqual(expect.arrayContaining(["01-first-graph.ipynb"]));

  const request = { method: "POST", body: JSON.stringify({ name: "dagbook" }) };
  const { id } = (await ask(url("api/kernels"), request)) as { id: string };
  expect(processesWith(id)).not.toEqual([]);

  await ended(child);
  expect(processesWith(`--port=${port}`)).toEqual([]);
  expect(processesWith(id)).toEqual([]);
}, 60_000);

test("npm start names an occupied port and says what to do", async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
  });
  const done = spawnSync("node", ["scripts/start.mjs", "--port", String(port)], { cwd: root, encoding: "utf8" });
  server.close();
  expect(done.status).toBe(1);
  expect(done.stderr).toContain(
    `dagbook: port ${port} is in use by another program: end it or choose another, for example npm start -- --port ${port + 1}`,
  );
}, 60_000);

/** A folder with the scripts and manifests of the checkout, as after a clone. */
function freshClone(): string {
  const clone = temporary();
  for (const path of ["scripts", "package.json", "package-lock.json", "kernel/package.json"]) {
    cpSync(join(root, path), join(clone, path), { recursive: true });
  }
  return clone;
}

test("set-up without a network says which step failed and what to check", () => {
  const clone = freshClone();
  const env = {
    ...process.env,
    npm_config_registry: "http://127.0.0.1:9/",
    npm_config_cache: temporary(),
    npm_config_fetch_retries: "0",
  };
  const done = spawnSync("node", ["scripts/setup.mjs"], { cwd: clone, encoding: "utf8", env });
  expect(done.status).toBe(1);
  expect(done.stderr).toContain("This step downloads packages: check the network");
}, 120_000);

test("set-up with a Python that lacks venv names the package to install", () => {
  const clone = freshClone();
  const python = join(temporary(), "python3");
  writeFileSync(python, '#!/bin/sh\ncase "$2" in *version_info*) echo True;; *) exit 1;; esac\n');
  chmodSync(python, 0o755);
  const script = join(clone, "scripts/lib/python.mjs");
  const code = `import(${JSON.stringify(script)}).then((m) => m.setUpPython("x", ["scripts/requirements-start.txt"])).catch((e) => console.log(e.message))`;
  const done = spawnSync("node", ["-e", code], {
    cwd: clone,
    encoding: "utf8",
    env: { ...process.env, DAGBOOK_PYTHON: python },
  });
  expect(done.stdout).toContain("(Debian, Ubuntu: apt-get install python3-venv)");
}, 60_000);

test("the requirement files pin every package to one version", () => {
  for (const name of ["requirements-start.txt", "requirements-test.txt"]) {
    const lines = readFileSync(join(root, "scripts", name), "utf8").split("\n");
    const packages = lines.filter((line) => line.trim() !== "" && !line.startsWith("#"));
    expect(packages.filter((line) => !/^[\w-]+==[\d.]+$/.test(line))).toEqual([]);
    expect(packages.length).toBeGreaterThan(1);
  }
});
