import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pythonPrefix } from "../../support/blas.js";

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
    argv: [
      process.execPath,
      "--no-force-async-hooks-checks",
      command,
      "kernel",
      "--python-prefix={prefix}",
      "-f",
      "{connection_file}",
    ],
    display_name: "TypeScript (dagbook)",
    language: "typescript",
    interrupt_mode: "message",
    kernel_protocol_version: "5.6",
    metadata: { supported_encryption: ["curve"] },
  });
  expect(existsSync(join(spec, "logo-svg.svg"))).toBe(true);
  expect(existsSync(join(spec, "logo-64x64.png"))).toBe(true);
  await dagbook(["uninstall", "--prefix", folder]);
  expect(existsSync(spec)).toBe(false);
  const again = await dagbook(["uninstall", "--prefix", folder]);
  expect(again).toMatchObject({ code: 0, stdout: `note: nothing of dagbook is in ${folder}/share/jupyter\n` });
});

test("--sys-prefix installs into the active environment and --user into the user's folder", async () => {
  await dagbook(["install", "--sys-prefix"], { VIRTUAL_ENV: join(folder, "venv") });
  expect(existsSync(join(folder, "venv/share/jupyter/kernels/dagbook/kernel.json"))).toBe(true);
  await dagbook(["install", "--user"], { JUPYTER_DATA_DIR: join(folder, "user") });
  expect(existsSync(join(folder, "user/kernels/dagbook/kernel.json"))).toBe(true);
});

test("both engines are installed and uninstalled by name", async () => {
  const kernels = join(folder, "share/jupyter/kernels");
  await dagbook(["install", "--prefix", folder, "--engine", "all"]);
  expect(readdirSync(kernels).sort()).toEqual(["dagbook", "dagbook-tslab"]);
  const spec = JSON.parse(readFileSync(join(kernels, "dagbook-tslab/kernel.json"), "utf8"));
  expect(spec.display_name).toBe("TypeScript (dagbook, tslab engine)");
  expect(spec.argv.slice(3)).toEqual([
    "kernel",
    "--engine=tslab",
    "--python-prefix={prefix}",
    "-f",
    "{connection_file}",
  ]);
  await dagbook(["uninstall", "--prefix", folder, "--engine", "tslab"]);
  expect(readdirSync(kernels)).toEqual(["dagbook"]);
  expect(existsSync(join(folder, "share/jupyter/labextensions"))).toBe(true);
  await dagbook(["uninstall", "--prefix", folder]);
  expect(existsSync(join(folder, "share/jupyter/labextensions"))).toBe(false);
});

test("doctor names what is missing with its cure, and is content after install", async () => {
  const before = await dagbook(["doctor", "--prefix", folder]);
  expect(before.code).toBe(1);
  expect(before.stdout).toMatch(/^ok {3}Node \d+/);
  expect(before.stdout).toMatch(/^ok {3}zeromq, .* load$/m);
  expect(before.stdout).toContain(`FAIL Jupyter does not know the kernel: run: dagbook install --prefix ${folder}\n`);
  expect(before.stdout).toContain("FAIL JupyterLab does not know the extension");
  await dagbook(["install", "--prefix", folder, "--engine", "all"]);
  const after = await dagbook(["doctor", "--prefix", folder]);
  expect(after.stdout).toContain(`ok   the kernel is installed in ${folder}/share/jupyter/kernels/dagbook\n`);
  expect(after.stdout).toContain(`ok   the kernel is installed in ${folder}/share/jupyter/kernels/dagbook-tslab\n`);
  expect(after.stdout.match(/^ok {3}a kernel starts and runs a cell \(\d+ ms\)$/gm)).toHaveLength(2);
  expect(after).toMatchObject({ code: 0, stderr: "" });
});

test("the cure for a folder with a blank in its name can be pasted", async () => {
  const blank = join(folder, "my venv");
  const { stdout } = await dagbook(["doctor", "--prefix", blank]);
  expect(stdout).toContain(`run: dagbook install --prefix "${blank}"\n`);
});

test("doctor notices a kernelspec whose files are gone", async () => {
  await dagbook(["install", "--prefix", folder]);
  const spec = join(folder, "share/jupyter/kernels/dagbook/kernel.json");
  writeFileSync(spec, JSON.stringify({ argv: ["/gone/node", command] }));
  const { stdout } = await dagbook(["doctor", "--prefix", folder]);
  expect(stdout).toContain(`needs /gone/node, which is gone: run: dagbook install --prefix ${folder}\n`);
});

test("doctor notices a kernel that is hidden by another dagbook, and one whose Node is none", async () => {
  await dagbook(["install", "--prefix", folder]);
  const listed = join(folder, "listed");
  const other = join(folder, "other", "dagbook.js");
  mkdirSync(join(folder, "other"));
  writeFileSync(other, "");
  mkdirSync(join(listed, "kernels/dagbook"), { recursive: true });
  const spec = join(listed, "kernels/dagbook/kernel.json");
  const examined = async (argv: readonly string[]) => {
    writeFileSync(spec, JSON.stringify({ argv }));
    return (await dagbook(["doctor", "--prefix", folder], { JUPYTER_PATH: listed })).stdout;
  };
  const ours = `${folder}/share/jupyter/kernels/dagbook`;
  expect(await examined([process.execPath, other, "kernel"])).toContain(
    `FAIL the kernel in ${listed}/kernels/dagbook starts another dagbook (${other}), not this one (${command}), ` +
      `which ${ours} would start: delete ${listed}/kernels/dagbook, or take ${listed} out of JUPYTER_PATH\n`,
  );
  expect(await examined(["/bin/true", command, "kernel"])).toContain("needs /bin/true, which is no Node: run: ");
});

test("doctor says what a kernel that does not start has said", async () => {
  await dagbook(["install", "--prefix", folder]);
  const spec = join(folder, "share/jupyter/kernels/dagbook/kernel.json");
  const argv = [process.execPath, "-e", "console.error('no sockets'); process.exit(3)", command];
  writeFileSync(spec, JSON.stringify({ argv }));
  const { code, stdout } = await dagbook(["doctor", "--prefix", folder]);
  expect(code).toBe(1);
  expect(stdout).toContain("FAIL a kernel does not run a cell: it ended with exit code 3\nno sockets: ");
});

test("doctor notices an extension that is damaged or of another version", async () => {
  await dagbook(["install", "--prefix", folder]);
  const extension = join(folder, "share/jupyter/labextensions/dagbook-labextension");
  const file = join(extension, "package.json");
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...manifest, version: "0.0.1" }));
  const older = await dagbook(["doctor", "--prefix", folder]);
  expect(older.stdout).toMatch(
    /^FAIL the JupyterLab extension in .* is version 0\.0\.1, the kernel \d+\.\d+\.\d+.*: run: /m,
  );
  writeFileSync(file, "{");
  expect((await dagbook(["doctor", "--prefix", folder])).stdout).toContain(
    `FAIL the JupyterLab extension in ${extension} is damaged: run: dagbook install --prefix ${folder}\n`,
  );
});

test.each(["{ not JSON", '{ "argv": "node" }'])("doctor notices a kernelspec that is damaged: %s", async (content) => {
  await dagbook(["install", "--prefix", folder]);
  writeFileSync(join(folder, "share/jupyter/kernels/dagbook/kernel.json"), content);
  const { stdout } = await dagbook(["doctor", "--prefix", folder]);
  expect(stdout).toMatch(/^FAIL the file kernel.json in .* cannot be read: run: dagbook install --prefix /m);
});

test("doctor finds the BLAS of the Python that the kernel is installed for, and says why another is not used", async () => {
  const doctor = async (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    (await dagbook(["doctor", ...args], { PATH: "/usr/bin:/bin", ...env })).stdout;
  // A venv that is not active, and not on the PATH: as when JupyterLab is started by its path.
  symlinkSync(join(pythonPrefix, "lib"), join(folder, "lib"));
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin", "python3"), "");
  await dagbook(["install", "--prefix", folder]);
  expect(await doctor(["--prefix", folder])).toMatch(/^ok {3}matrix products use .+, from .+: \/.+/m);
  expect(await doctor(["--prefix", folder], { DAGBOOK_BLAS: "/no/such/library.so" })).toMatch(
    /^warn matrix products use no BLAS \(\/no\/such\/library.so, from DAGBOOK_BLAS: it does not load \(.*\)\): they work, /m,
  );
  expect(await doctor(["--prefix", folder], { DAGBOOK_BLAS: "none" })).toMatch(
    /^ok {3}matrix products use no BLAS, as DAGBOOK_BLAS says$/m,
  );
});

test("help and version are printed", async () => {
  expect((await dagbook(["--help"])).stdout).toMatch(/^Usage: dagbook <command>/);
  expect((await dagbook([])).stdout).toMatch(/^Usage: dagbook <command>/);
  expect((await dagbook(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each([
  [["frobnicate"], /no command "frobnicate": see dagbook --help/],
  [["isntall"], /no command "isntall", but install: see dagbook --help/],
  [["install", "--user", "--sys-prefix"], /Two places are given: use one of/],
  [["install", "--sys-prefix"], /--sys-prefix needs an active environment/],
  [["install", "--nowhere"], /dagbook install has no option --nowhere: see dagbook install --help/],
  [["install", "here"], /dagbook install takes no "here": see dagbook install --help/],
  [["install", "--prefix", ""], /--prefix is empty: give a DIR, as --prefix DIR/],
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
