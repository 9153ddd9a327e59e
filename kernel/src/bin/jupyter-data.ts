/**
 * Folders in which Jupyter looks for kernels and extensions.
 * @see https://docs.jupyter.org/en/latest/use/jupyter-directories.html
 * @module
 */
import { homedir, tmpdir } from "node:os";
import { posix, win32 } from "node:path";
import process from "node:process";
import { ArgumentError } from "../errors.js";

/** Where to install; at most one of the three. */
export interface Place {
  readonly prefix?: string | undefined;
  readonly user?: boolean | undefined;
  readonly "sys-prefix"?: boolean | undefined;
}

/** What the folders depend on. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly home: string;
}

const thisMachine: Machine = { platform: process.platform, env: process.env, home: homeFolder() };

/** Values with which JUPYTER_PREFER_ENV_PATH says no. */
const NO = ["no", "n", "false", "off", "0", "0.0"];

/**
 * The data folder of a place; of the user, if the place names none.
 * @throws {ArgumentError} if it names two, or an environment that is not active
 */
export function dataFolderOf(place: Place, machine: Machine = thisMachine): string {
  const named = [place.prefix, place.user, place["sys-prefix"]].filter((option) => option !== undefined);
  if (named.length > 1) {
    throw new ArgumentError("Two places are given: use one of --prefix DIR, --user and --sys-prefix");
  }
  if (place.prefix !== undefined) return below(pathsOf(machine).resolve(place.prefix), machine);
  if (!place["sys-prefix"]) return userFolder(machine);
  const environment = activeEnvironment(machine);
  if (environment !== undefined) return below(environment, machine);
  throw new ArgumentError(
    "--sys-prefix needs an active environment: activate a venv or conda environment, or use --user",
  );
}

/**
 * All data folders of the Jupyter of a place, in its order: the first that has a thing wins.
 * @see `jupyter_path` of jupyter_core
 */
export function dataFolders(place: Place, machine: Machine = thisMachine): readonly string[] {
  const { env } = machine;
  const listed = (env.JUPYTER_PATH ?? "").split(pathsOf(machine).delimiter).filter((folder) => folder !== "");
  const system = systemFolders(machine);
  const prefix = place.prefix ?? activeEnvironment(machine);
  const environment = prefix === undefined ? [] : [below(pathsOf(machine).resolve(prefix), machine)];
  const user = [userFolder(machine)];
  const middle = prefersEnvironment(env)
    ? [...environment.filter((folder) => !system.includes(folder)), ...user]
    : [...user, ...environment];
  return [...new Set([...listed, ...middle, ...system])];
}

/** In a venv or a conda environment of its own the environment goes before the user, unless someone says no. */
function prefersEnvironment({ JUPYTER_PREFER_ENV_PATH, VIRTUAL_ENV, CONDA_DEFAULT_ENV }: NodeJS.ProcessEnv): boolean {
  if (JUPYTER_PREFER_ENV_PATH !== undefined) return !NO.includes(JUPYTER_PREFER_ENV_PATH.toLowerCase());
  return VIRTUAL_ENV !== undefined || CONDA_DEFAULT_ENV !== "base";
}

/** A container may run as somebody whom the system does not know, without a home. */
function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return tmpdir();
  }
}

function activeEnvironment({ env }: Machine): string | undefined {
  return env.VIRTUAL_ENV ?? env.CONDA_PREFIX;
}

function below(prefix: string, machine: Machine): string {
  return pathsOf(machine).join(prefix, "share", "jupyter");
}

function userFolder(machine: Machine): string {
  const { platform, home } = machine;
  const { JUPYTER_DATA_DIR, JUPYTER_CONFIG_DIR, APPDATA, XDG_DATA_HOME } = machine.env;
  const { join } = pathsOf(machine);
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (platform === "darwin") return join(home, "Library", "Jupyter");
  if (platform !== "win32") return join(XDG_DATA_HOME || join(home, ".local", "share"), "jupyter");
  return APPDATA ? join(APPDATA, "jupyter") : join(JUPYTER_CONFIG_DIR || join(home, ".jupyter"), "data");
}

function systemFolders(machine: Machine): readonly string[] {
  const { platform, env } = machine;
  if (platform !== "win32") return ["/usr/local/share/jupyter", "/usr/share/jupyter"];
  // Anyone may write there, so Jupyter looks only when told to.
  const isTrusted =
    env.JUPYTER_USE_PROGRAMDATA !== undefined && !NO.includes(env.JUPYTER_USE_PROGRAMDATA.toLowerCase());
  return isTrusted && env.PROGRAMDATA ? [win32.join(env.PROGRAMDATA, "jupyter")] : [];
}

function pathsOf({ platform }: Machine): typeof posix {
  return platform === "win32" ? win32 : posix;
}
