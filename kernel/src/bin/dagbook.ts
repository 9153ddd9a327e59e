#!/usr/bin/env node
/**
 * The command line. Each command loads only what it needs: a kernel must be ready fast.
 * @module
 */
import process from "node:process";
import { ArgumentError, isDagbookError } from "../errors.js";
import { readCommandLine, type Values } from "./command-line.js";
import type { Place } from "./jupyter-data.js";

try {
  await run();
} catch (error) {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!isDagbookError(error) && !["ENOENT", "EACCES", "EPERM", "ENOTDIR", "EROFS"].includes(code)) throw error;
  console.error(`dagbook: ${(error as Error).message}`);
  process.exit(1);
}

async function run(): Promise<void> {
  const line = readCommandLine(process.argv.slice(2));
  switch (line.run) {
    case "help": {
      const { helpOf, helpOfAll } = await import("./commands.js");
      return console.log(line.of === undefined ? helpOfAll() : helpOf(line.of));
    }
    case "version": {
      const { packageVersion } = await import("../jupyter/package-version.js");
      return console.log(packageVersion);
    }
    case "kernel":
      return kernel(line.values);
    case "doctor":
      return doctor(line.values);
    default:
      return place(line.run, line.values);
  }
}

async function kernel(values: Values): Promise<void> {
  const file = values["connection-file"] ?? values["config-path"];
  if (typeof file !== "string") throw new ArgumentError("A kernel needs its connection file: dagbook kernel -f FILE");
  const prefix = text(values["python-prefix"]);
  if (prefix !== undefined && !prefix.startsWith("{")) process.env.DAGBOOK_PYTHON_PREFIX = prefix;
  const [{ engineNamed }, { startKernel }] = await Promise.all([import("./kernel-spec.js"), import("./kernel.js")]);
  const language = values.js ? "javascript" : "typescript";
  await startKernel(file, { engine: engineNamed(text(values.engine)), language });
}

async function place(command: "install" | "uninstall", values: Values): Promise<void> {
  const { dataFolderOf } = await import("./jupyter-data.js");
  const { enginesNamed } = await import("./kernel-spec.js");
  const commands = await import("./install.js");
  const engines = enginesNamed(text(values.engine) ?? (command === "install" ? "dagbook" : "all"));
  const { paths, notes } = commands[command](dataFolderOf(placeOf(values)), engines);
  for (const path of paths) console.log(`${command}ed ${path}`);
  for (const note of notes) console.log(`note: ${note}`);
}

async function doctor(values: Values): Promise<void> {
  const { examine } = await import("./doctor/examine.js");
  for await (const { level, text } of examine(placeOf(values))) {
    console.log(`${level.padEnd(4)} ${text}`);
    if (level === "FAIL") process.exitCode = 1;
  }
}

function placeOf(values: Values): Place {
  const isSet = (name: string) => (values[name] === true ? true : undefined);
  return { prefix: text(values.prefix), user: isSet("user"), "sys-prefix": isSet("sys-prefix") };
}

function text(value: string | true | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
