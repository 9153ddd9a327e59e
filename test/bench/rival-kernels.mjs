// Kernelspecs of the kernels that dagbook is compared with.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const DENO = "2.9.6";
/** deno has 90 MB, too much for a dependency: it comes when a bench wants it, and stays. Git ignores the folder. */
const denoFolder = join(root, `.setup/bench/deno-${DENO}`);
const INSTALL_MS = 120_000;

/**
 * Writes the kernelspecs of the rivals. ipykernel needs none: Jupyter finds it in its own environment.
 * @param {string} jupyter a folder of JUPYTER_PATH
 * @param {readonly string[]} wanted names of rivals
 * @returns {Record<string, string>} kernelspec of each rival that is installed, by its name in the bench
 */
export function rivalKernels(jupyter, wanted) {
  const writers = { ipykernel: () => "python3", tslab: writeTslabSpec, deno: writeDenoSpec };
  const specs = Object.entries(writers)
    .filter(([name]) => wanted.includes(name))
    .map(([name, write]) => [name, write(jupyter)]);
  return Object.fromEntries(specs.filter(([, spec]) => spec !== undefined));
}

/** As `tslab install` writes it. */
function writeTslabSpec(jupyter) {
  const tslab = join(root, "node_modules/tslab/bin/tslab");
  const argv = [process.execPath, tslab, "kernel", "--config-path={connection_file}"];
  return writeSpec(jupyter, { argv, display_name: "tslab", language: "typescript" }, "tslab");
}

/** As `deno jupyter --install` writes it; undefined if deno is not there and cannot be installed. */
function writeDenoSpec(jupyter) {
  const deno = installedDeno() ?? installDeno();
  if (deno === undefined) return undefined;
  const argv = [deno, "jupyter", "--kernel", "--conn", "{connection_file}"];
  return writeSpec(jupyter, { argv, display_name: "Deno", language: "typescript" }, "deno");
}

function writeSpec(jupyter, spec, name) {
  const folder = join(jupyter, "kernels", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "kernel.json"), JSON.stringify(spec));
  return name;
}

/** The program itself, which a package per platform brings: the one that starts it would be a second process. */
function installedDeno() {
  const packages = join(denoFolder, "node_modules/@deno");
  if (!existsSync(packages)) return undefined;
  const programs = readdirSync(packages).map((name) =>
    join(packages, name, process.platform === "win32" ? "deno.exe" : "deno"),
  );
  return programs.find(existsSync);
}

function installDeno() {
  console.log(`installing deno ${DENO} into ${denoFolder}, only for this bench`);
  mkdirSync(denoFolder, { recursive: true });
  const args = ["install", "--prefix", denoFolder, "--ignore-scripts", "--no-save", "--no-audit", `deno@${DENO}`];
  try {
    execFileSync("npm", args, { stdio: "inherit", timeout: INSTALL_MS, shell: process.platform === "win32" });
  } catch (error) {
    console.log(`deno could not be installed: ${error.message}`);
  }
  return installedDeno();
}
