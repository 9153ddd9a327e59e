import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../../../kernel/dist/bin/dagbook.js", import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dagbook-bin-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("install writes a kernelspec that starts this kernel with absolute paths, uninstall removes it", async () => {
  const spec = join(folder, "share/jupyter/kernels/dagbook");
  const installed = await dagbook(["install", "--prefix", folder]);
  expect(installed.code).toBe(0);
  expect(installed.stdout).toContain(`installed ${spec}\n`);
  expect(JSON.parse(readFileSync(join(spec, "kernel.json"), "utf8"))).toEqual({
    argv: [process.execPath, "--no-force-async-hooks-checks", command, "kernel", "-f", "{connection_file}"],
    display_name: "TypeScript (dagbook)",
    language: "typescript",
    interrupt_mode: "message",
    kernel_protocol_version: "5.5",
    metadata: {},
  });
  expect(existsSync(join(spec, "logo-svg.svg"))).toBe(true);
  expect(existsSync(join(spec, "logo-64x64.png"))).toBe(true);
  await dagbook(["uninstall", "--prefix", folder]);
  expect(existsSync(spec)).toBe(false);
  expect((await dagbook(["uninstall", "--prefix", folder])).stdout).toBe("");
});

test("--sys-prefix installs into the active environment and --user into the user's folder", async () => {
  await dagbook(["install", "--sys-prefix"], { VIRTUAL_ENV: join(folder, "venv") });
  expect(existsSync(join(folder, "venv/share/jupyter/kernels/dagbook/kernel.json"))).toBe(true);
  await dagbook(["install", "--user"], { JUPYTER_DATA_DIR: join(folder, "user") });
  expect(existsSync(join(folder, "user/kernels/dagbook/kernel.json"))).toBe(true);
});

test("doctor names what is missing with its cure, and is content after install", async () => {
  const before = await dagbook(["doctor", "--prefix", folder]);
  expect(before.code).toBe(1);
  expect(before.stdout).toMatch(/^ok {3}Node \d+/);
  expect(before.stdout).toMatch(/^ok {3}zeromq .* loads$/m);
  expect(before.stdout).toMatch(/^FAIL Jupyter does not know the kernel: run: dagbook install$/m);
  await dagbook(["install", "--prefix", folder]);
  const after = await dagbook(["doctor", "--prefix", folder]);
  expect(after.stdout).toContain(`ok   the kernel is installed in ${folder}`);
});

test("doctor notices a kernelspec whose files are gone", async () => {
  await dagbook(["install", "--prefix", folder]);
  const spec = join(folder, "share/jupyter/kernels/dagbook/kernel.json");
  writeFileSync(spec, JSON.stringify({ argv: ["/gone/node", command] }));
  const { stdout } = await dagbook(["doctor", "--prefix", folder]);
  expect(stdout).toContain("needs /gone/node, which is gone: run: dagbook install");
});

test.each(["{ not JSON", '{ "argv": "node" }'])("doctor notices a kernelspec that is damaged: %s", async (content) => {
  await dagbook(["install", "--prefix", folder]);
  writeFileSync(join(folder, "share/jupyter/kernels/dagbook/kernel.json"), content);
  const { stdout } = await dagbook(["doctor", "--prefix", folder]);
  expect(stdout).toMatch(/^FAIL the file kernel.json in .* cannot be read: run: dagbook install$/m);
});

test("help and version are printed", async () => {
  expect((await dagbook(["--help"])).stdout).toMatch(/^Usage: dagbook <command>/);
  expect((await dagbook([])).stdout).toMatch(/^Usage: dagbook <command>/);
  expect((await dagbook(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each([
  [["frobnicate"], /no command "frobnicate": see dagbook --help/],
  [["install", "--user", "--sys-prefix"], /Two places are given: use one of/],
  [["install", "--sys-prefix"], /--sys-prefix needs an active environment/],
  [["install", "--nowhere"], /Unknown option '--nowhere'/],
  [["install", "here"], /dagbook install takes no "here": see dagbook --help/],
  [["install", "--prefix", ""], /--prefix is empty: name a folder/],
  [["kernel"], /needs its connection file: dagbook kernel -f FILE/],
  [["kernel", "-f", "/no/such/file"], /no such file.*\/no\/such\/file/],
])("dagbook %j fails in one line", async (args, expected) => {
  const { code, stderr } = await dagbook(args);
  expect(code).toBe(1);
  expect(stderr).toMatch(expected);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

test("a connection file that is none is refused with the field", async () => {
  const file = join(folder, "connection.json");
  writeFileSync(file, JSON.stringify({ ip: "127.0.0.1" }));
  const { code, stderr } = await dagbook(["kernel", "-f", file]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/shell_port of the connection file is missing/);
});

test("a kernel whose port is taken says so and ends", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  const file = join(folder, "connection.json");
  const ports = { shell_port: port, iopub_port: port, stdin_port: port, control_port: port, hb_port: port };
  writeFileSync(file, JSON.stringify({ ip: "127.0.0.1", key: "", ...ports }));
  const { code, stderr } = await dagbook(["kernel", "-f", file]);
  server.close();
  expect(code).not.toBe(0);
  expect(stderr).toMatch(/the service thread failed, the kernel ends: Error: Address already in use/);
});

function dagbook(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { VIRTUAL_ENV: _venv, CONDA_PREFIX: _conda, JUPYTER_PATH: _path, ...clean } = process.env;
  return new Promise<{ code: number | string | null; stdout: string; stderr: string }>((resolve) => {
    const options = { env: { ...clean, HOME: folder, ...env }, timeout: 20_000 };
    execFile(process.execPath, [command, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? error.signal ?? null), stdout, stderr });
    });
  });
}
