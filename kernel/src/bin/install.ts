import { cpSync, lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { builtExtension, EXTENSION_FOLDER } from "./extension-folder.js";
import { type Engine, kernelNames, kernelSpec, program } from "./kernel-spec.js";

const logos = fileURLToPath(new URL("../../kernelspec", import.meta.url));

const NOT_BUILT =
  "the JupyterLab extension is not built, so runs are not drawn live: npm run build, then install again";
const IN_CACHE = "this dagbook lies in npm's cache, which npm may empty: npm install -g dagbook, then dagbook install";

/** How JupyterLab's extension manager tells to get rid of the extension. */
const installJson = {
  packageManager: "npm",
  packageName: "dagbook",
  uninstallInstructions: "Run: dagbook uninstall, with the place that was given to dagbook install",
};

/** What a command did, and what the person should know of it. */
export interface Done {
  /** folders that were written or removed */
  readonly paths: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Makes Jupyter know kernels and, if it has been built, the extension.
 * @param folder a data folder of Jupyter
 */
export function install(folder: string, engines: readonly Engine[]): Done {
  const kernels = engines.map((engine) => installKernel(folder, engine));
  const built = builtExtension();
  if (built === undefined) return { paths: kernels, notes: [NOT_BUILT, ...placeNotes()] };
  const extension = join(folder, EXTENSION_FOLDER);
  rmSync(extension, { recursive: true, force: true });
  cpSync(built, extension, { recursive: true });
  writeFileSync(join(extension, "install.json"), json(installJson));
  return { paths: [...kernels, extension], notes: placeNotes() };
}

/**
 * Takes away what `install` wrote.
 * @param engines of the kernels; the extension goes with dagbook's own
 */
export function uninstall(folder: string, engines: readonly Engine[]): Done {
  const kernels = engines.map((engine) => kernelFolder(folder, engine));
  const all = engines.includes("dagbook") ? [...kernels, join(folder, EXTENSION_FOLDER)] : kernels;
  const paths = all.filter(isThere);
  for (const path of paths) {
    rmSync(path, { recursive: true });
    removeIfEmpty(dirname(path));
  }
  return { paths, notes: paths.length > 0 ? [] : [`nothing of dagbook is in ${folder}`] };
}

/** `npx dagbook install` runs a copy that npm may throw away at any time. */
function placeNotes(): readonly string[] {
  return program.split(sep).includes("_npx") ? [IN_CACHE] : [];
}

function installKernel(folder: string, engine: Engine): string {
  const kernel = kernelFolder(folder, engine);
  rmSync(kernel, { recursive: true, force: true });
  mkdirSync(kernel, { recursive: true });
  cpSync(logos, kernel, { recursive: true });
  writeFileSync(join(kernel, "kernel.json"), json(kernelSpec(engine)));
  return kernel;
}

function kernelFolder(folder: string, engine: Engine): string {
  return join(folder, "kernels", kernelNames[engine].folder);
}

/** Also true of a link that leads nowhere, as a developer's link to a removed checkout. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function removeIfEmpty(folder: string): void {
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

function json(content: object): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}
