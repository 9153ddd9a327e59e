import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { builtFile } from "../built-file.js";

/** Below a data folder of Jupyter. */
export const KERNEL_FOLDER = join("kernels", "dagbook");
/** Below a data folder of Jupyter. */
export const EXTENSION_FOLDER = join("labextensions", "dagbook-labextension");

const logos = fileURLToPath(new URL("../../kernelspec", import.meta.url));
const extension = fileURLToPath(new URL("../../../extension/labextension", import.meta.url));

/**
 * Makes Jupyter know the kernel and, if it has been built, the extension.
 * @param folder a data folder of Jupyter
 * @returns what was written
 */
export function install(folder: string): string[] {
  const kernel = join(folder, KERNEL_FOLDER);
  rmSync(kernel, { recursive: true, force: true });
  mkdirSync(kernel, { recursive: true });
  cpSync(logos, kernel, { recursive: true });
  writeFileSync(join(kernel, "kernel.json"), `${JSON.stringify(kernelSpec(), null, 2)}\n`);
  if (!existsSync(extension)) return [kernel];
  const view = join(folder, EXTENSION_FOLDER);
  rmSync(view, { recursive: true, force: true });
  cpSync(extension, view, { recursive: true });
  return [kernel, view];
}

/**
 * Takes away what `install` wrote.
 * @returns what was there and is gone
 */
export function uninstall(folder: string): string[] {
  const installed = [join(folder, KERNEL_FOLDER), join(folder, EXTENSION_FOLDER)].filter((path) => existsSync(path));
  for (const path of installed) rmSync(path, { recursive: true });
  return installed;
}

/**
 * Content of kernel.json. Paths are absolute: a server has another PATH than the shell of the user.
 * @see https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs
 */
function kernelSpec(): object {
  return {
    argv: [
      process.execPath,
      // An interrupt cuts callbacks of Node in the middle; this check would then end the process.
      "--no-force-async-hooks-checks",
      fileURLToPath(builtFile(import.meta.url, "./dagbook.js")),
      "kernel",
      "-f",
      "{connection_file}",
    ],
    display_name: "TypeScript (dagbook)",
    language: "typescript",
    interrupt_mode: "message",
    kernel_protocol_version: "5.5",
    metadata: {},
  };
}
