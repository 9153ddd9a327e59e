#!/usr/bin/env node
/**
 * The command line. Each command loads only what it needs: a kernel must be ready fast.
 * @module
 */
import { parseArgs } from "node:util";
import { ArgumentError, isDagbookError } from "../errors.js";
import type { Place } from "./jupyter-data.js";

const HELP = `Usage: dagbook <command>

  kernel -f FILE                                      run a kernel; Jupyter calls this
  install   [--user | --sys-prefix | --prefix DIR]    make Jupyter know the kernel and the view
  uninstall [--user | --sys-prefix | --prefix DIR]    take both away again
  doctor    [--user | --sys-prefix | --prefix DIR]    look for what is missing on this machine

  --version, --help

Places: --user is your home directory (the default), --sys-prefix the active Python environment.`;

try {
  await run();
} catch (error) {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!isDagbookError(error) && !code.startsWith("ERR_PARSE_ARGS") && code !== "ENOENT" && code !== "EACCES")
    throw error;
  console.error(`dagbook: ${(error as Error).message}`);
  process.exit(1);
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      "connection-file": { type: "string", short: "f" },
      prefix: { type: "string" },
      user: { type: "boolean" },
      "sys-prefix": { type: "boolean" },
      version: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  const [command, ...rest] = positionals;
  if (values.version) return version();
  if (values.help || command === undefined) return console.log(HELP);
  if (rest.length > 0) {
    throw new ArgumentError(`dagbook ${command} takes no ${JSON.stringify(rest[0])}: see dagbook --help`);
  }
  if (command === "kernel") return kernel(values["connection-file"]);
  if (command === "install" || command === "uninstall") return place(command, values);
  if (command === "doctor") return doctor(values);
  throw new ArgumentError(`There is no command ${JSON.stringify(command)}: see dagbook --help`);
}

async function kernel(connectionFile: string | undefined): Promise<void> {
  if (connectionFile === undefined)
    throw new ArgumentError("A kernel needs its connection file: dagbook kernel -f FILE");
  const { startKernel } = await import("./kernel.js");
  await startKernel(connectionFile);
}

async function place(command: "install" | "uninstall", values: Place): Promise<void> {
  const { dataFolderOf } = await import("./jupyter-data.js");
  const commands = await import("./install.js");
  for (const path of commands[command](dataFolderOf(values))) console.log(`${command}ed ${path}`);
}

async function doctor(values: Place): Promise<void> {
  const { dataFolders } = await import("./jupyter-data.js");
  const { examine } = await import("./doctor.js");
  const findings = await examine(dataFolders(values));
  for (const { isFine, text } of findings) console.log(`${isFine ? "ok  " : "FAIL"} ${text}`);
  if (findings.some(({ isFine }) => !isFine)) process.exitCode = 1;
}

async function version(): Promise<void> {
  const { packageVersion } = await import("../jupyter/package-version.js");
  console.log(packageVersion);
}
