import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { EXTENSION_FOLDER, KERNEL_FOLDER } from "./install.js";

/** One thing that must hold. */
export interface Finding {
  readonly isFine: boolean;
  /** what was found; the cure, if it is not fine */
  readonly text: string;
}

const INSTALL = "run: dagbook install";

/**
 * Looks at everything a notebook needs of this machine.
 * @param folders data folders of Jupyter
 */
export async function examine(folders: readonly string[]): Promise<Finding[]> {
  return [node(), await zeromq(), kernel(folders), extension(folders)];
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isFine = major > 20 || (major === 20 && minor >= 19);
  return { isFine, text: `Node ${process.versions.node}${isFine ? "" : ": install Node 20.19 or newer"}` };
}

async function zeromq(): Promise<Finding> {
  try {
    const { version } = await import("zeromq");
    return { isFine: true, text: `zeromq ${version} loads` };
  } catch (error) {
    return { isFine: false, text: `zeromq does not load (${String(error)}): run npm ci in the folder of dagbook` };
  }
}

function kernel(folders: readonly string[]): Finding {
  const folder = firstWith(KERNEL_FOLDER, folders);
  if (folder === undefined) return { isFine: false, text: `Jupyter does not know the kernel: ${INSTALL}` };
  const argv = argvOf(join(folder, "kernel.json"));
  if (argv === undefined)
    return { isFine: false, text: `the file kernel.json in ${folder} cannot be read: ${INSTALL}` };
  const missing = argv.find((part) => isAbsolute(part) && !existsSync(part));
  if (missing === undefined) return { isFine: true, text: `the kernel is installed in ${folder}` };
  return { isFine: false, text: `the kernel in ${folder} needs ${missing}, which is gone: ${INSTALL}` };
}

/** The command of a kernelspec; undefined if the file holds none. */
function argvOf(file: string): readonly string[] | undefined {
  try {
    const { argv } = JSON.parse(readFileSync(file, "utf8"));
    return Array.isArray(argv) ? argv.map(String) : undefined;
  } catch {
    return undefined;
  }
}

function extension(folders: readonly string[]): Finding {
  const folder = firstWith(EXTENSION_FOLDER, folders);
  if (folder !== undefined) return { isFine: true, text: `the JupyterLab extension is installed in ${folder}` };
  return { isFine: false, text: `JupyterLab does not know the extension: build it (npm run build), then ${INSTALL}` };
}

function firstWith(path: string, folders: readonly string[]): string | undefined {
  return folders.map((folder) => join(folder, path)).find((folder) => existsSync(folder));
}
