import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { basename, delimiter, isAbsolute, join } from "node:path";
import process from "node:process";
import { type Engine, kernelNames, program } from "../kernel-spec.js";
import { broken, type Finding, fine, odd } from "./finding.js";
import { isNodeNewEnough } from "./packages.js";

const NODE_MS = 5000;

/** What was found of one kernel, and the command that Jupyter would start it with, if that would work. */
export interface KernelFindings {
  readonly findings: readonly Finding[];
  readonly argv?: readonly string[];
}

interface Spec {
  /** folder of the kernelspec */
  readonly folder: string;
  /** undefined if the file cannot be read */
  readonly argv: readonly string[] | undefined;
}

/**
 * Whether Jupyter would start this dagbook for a kernel.
 * @param folders data folders of Jupyter, the first that has the kernel wins
 * @param install the command that mends it
 */
export function examineKernel(engine: Engine, folders: readonly string[], install: string): KernelFindings {
  const { folder: name } = kernelNames[engine];
  const specs = folders
    .map((folder) => join(folder, "kernels", name))
    .filter(existsSync)
    .map(readSpec);
  const [first, ...others] = specs;
  if (first === undefined) {
    const isWanted = engine === "dagbook";
    return { findings: isWanted ? [broken("Jupyter does not know the kernel", `run: ${install}`)] : [] };
  }
  const problem = problemOf(first, others, install);
  const hidden = others.filter(({ argv }) => String(argv) !== String(first.argv));
  const findings = [
    problem ?? fine(`the kernel is installed in ${first.folder}`),
    ...(problem
      ? []
      : hidden.map(({ folder }) => odd(`${folder} is never used, ${first.folder} hides it`, remove(folder)))),
  ];
  return problem || first.argv === undefined ? { findings } : { findings, argv: first.argv };
}

function problemOf({ folder, argv }: Spec, others: readonly Spec[], install: string): Finding | undefined {
  const mend = `run: ${install}`;
  if (argv === undefined) return broken(`the file kernel.json in ${folder} cannot be read`, mend);
  const missing = argv.find((part) => isAbsolute(part) && !existsSync(part));
  if (missing !== undefined) return broken(`the kernel in ${folder} needs ${missing}, which is gone`, mend);
  if (!startsThis(argv)) {
    const text = `the kernel in ${folder} starts another dagbook (${programOf(argv) ?? argv.join(" ")}), not this one (${program})`;
    const ours = others.find((other) => other.argv !== undefined && startsThis(other.argv));
    return ours === undefined
      ? broken(text, mend)
      : broken(`${text}, which ${ours.folder} would start`, remove(folder));
  }
  const version = nodeVersion(argv[0]);
  if (version === undefined) return broken(`the kernel in ${folder} needs ${argv[0]}, which is no Node`, mend);
  if (isNodeNewEnough(version)) return undefined;
  return broken(
    `the kernel in ${folder} runs on Node ${version}, which is too old`,
    `with Node 20.19 or newer ${mend}`,
  );
}

function readSpec(folder: string): Spec {
  try {
    const { argv } = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
    return { folder, argv: Array.isArray(argv) ? argv.map(String) : undefined };
  } catch {
    return { folder, argv: undefined };
  }
}

function programOf(argv: readonly string[]): string | undefined {
  return argv.find((part) => basename(part) === basename(program));
}

function startsThis(argv: readonly string[]): boolean {
  const path = programOf(argv);
  // npm and developers link packages: the same program has many paths.
  return path !== undefined && existsSync(path) && realpathSync(path) === realpathSync(program);
}

function nodeVersion(path: string): string | undefined {
  if (path === process.execPath) return process.versions.node;
  try {
    const text = execFileSync(path, ["--version"], { encoding: "utf8", timeout: NODE_MS, stdio: "pipe" });
    return /^v(\d+\.\d+\.\d+)/.exec(text)?.[1];
  } catch {
    return undefined;
  }
}

/** The cure for a kernelspec that is in the way. */
function remove(folder: string): string {
  const listed = (process.env.JUPYTER_PATH ?? "").split(delimiter).filter((path) => path !== "");
  const inPath = listed.find((path) => folder.startsWith(path));
  return inPath === undefined ? `delete ${folder}` : `delete ${folder}, or take ${inPath} out of JUPYTER_PATH`;
}
