import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { EXTENSION_FOLDER, KERNEL_FOLDER } from "./install.js";
import { dataFolders } from "./jupyter-data.js";

/** One thing that must hold. */
export interface Finding {
  readonly isFine: boolean;
  /** what was found; the cure, if it is not fine */
  readonly text: string;
}

const INSTALL = "run: dagbook install";

/** Looks at everything a notebook needs of this machine. */
export async function examine(): Promise<Finding[]> {
  return [node(), await zeromq(), kernel(), extension()];
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

function kernel(): Finding {
  const folder = firstWith(KERNEL_FOLDER);
  if (folder === undefined) return { isFine: false, text: `Jupyter does not know the kernel: ${INSTALL}` };
  const { argv } = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8")) as { argv: readonly string[] };
  const missing = argv.find((part) => part.startsWith("/") && !existsSync(part));
  if (missing === undefined) return { isFine: true, text: `the kernel is installed in ${folder}` };
  return { isFine: false, text: `the kernel in ${folder} needs ${missing}, which is gone: ${INSTALL}` };
}

function extension(): Finding {
  const folder = firstWith(EXTENSION_FOLDER);
  if (folder !== undefined) return { isFine: true, text: `the JupyterLab extension is installed in ${folder}` };
  return { isFine: false, text: `JupyterLab does not know the extension: build it (npm run build), then ${INSTALL}` };
}

function firstWith(path: string): string | undefined {
  return dataFolders()
    .map((folder) => join(folder, path))
    .find((folder) => existsSync(folder));
}
