import process from "node:process";
import { fileURLToPath } from "node:url";
import { builtFile } from "../built-file.js";
import { ArgumentError } from "../errors.js";
import type { KernelKind } from "../jupyter/kernel-context.js";

/** Who runs the cells: dagbook's own session, or tslab's converter and executor behind our protocol. */
export type Engine = KernelKind["engine"];

/** Names under which Jupyter knows the kernels, and what people read. */
export const kernelNames: Readonly<Record<Engine, { readonly folder: string; readonly title: string }>> = {
  dagbook: { folder: "dagbook", title: "TypeScript (dagbook)" },
  tslab: { folder: "dagbook-tslab", title: "TypeScript (dagbook, tslab engine)" },
};

/**
 * The engine of that name; dagbook's own without one.
 * @throws {ArgumentError} if there is none
 */
export function engineNamed(name: string | undefined): Engine {
  const [engine, ...others] = enginesNamed(name ?? "dagbook");
  if (engine === undefined || others.length > 0) throw unknownEngine(name, "dagbook or tslab");
  return engine;
}

/**
 * The engines that "dagbook", "tslab" or "all" stands for.
 * @throws {ArgumentError} for any other name
 */
export function enginesNamed(name: string): readonly Engine[] {
  if (name === "all") return ["dagbook", "tslab"];
  if (name === "dagbook" || name === "tslab") return [name];
  throw unknownEngine(name, "dagbook, tslab or all");
}

function unknownEngine(name: string | undefined, known: string): ArgumentError {
  return new ArgumentError(`There is no engine ${JSON.stringify(name)}: use ${known}`);
}

/** This copy of dagbook, as the spec names it. */
export const program = fileURLToPath(builtFile(import.meta.url, "./dagbook.js"));

/**
 * Content of kernel.json. Paths are absolute: a server has another PATH than the shell of the user.
 * @see https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs
 */
export function kernelSpec(engine: Engine): object {
  return {
    argv: [
      process.execPath,
      // An interrupt cuts callbacks of Node in the middle; this check would then end the process.
      "--no-force-async-hooks-checks",
      program,
      "kernel",
      ...(engine === "dagbook" ? [] : [`--engine=${engine}`]),
      // Jupyter puts its sys.prefix there; who does not know the name leaves it as it is.
      "--python-prefix={prefix}",
      "-f",
      "{connection_file}",
    ],
    display_name: kernelNames[engine].title,
    language: "typescript",
    interrupt_mode: "message",
    // From this version on whoever starts the kernel may let it choose its ports and register them.
    kernel_protocol_version: "5.6",
    metadata: { supported_encryption: ["curve"] },
  };
}
