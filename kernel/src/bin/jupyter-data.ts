/**
 * Folders in which Jupyter looks for kernels and extensions.
 * @see https://docs.jupyter.org/en/latest/use/jupyter-directories.html
 * @module
 */
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { ArgumentError } from "../errors.js";

/** Where to install; at most one of the three. */
export interface Place {
  readonly prefix?: string | undefined;
  readonly user?: boolean | undefined;
  readonly "sys-prefix"?: boolean | undefined;
}

/**
 * The data folder of a place; of the user, if the place names none.
 * @throws {ArgumentError} if it names two, an empty one, or an environment that is not active
 */
export function dataFolderOf(place: Place): string {
  const named = [place.prefix, place.user, place["sys-prefix"]].filter((option) => option !== undefined);
  if (named.length > 1) {
    throw new ArgumentError("Two places are given: use one of --prefix DIR, --user and --sys-prefix");
  }
  if (place.prefix === "") throw new ArgumentError("--prefix is empty: name a folder, or use --user");
  if (place.prefix !== undefined) return below(resolve(place.prefix));
  if (!place["sys-prefix"]) return userFolder();
  const environment = activeEnvironment();
  if (environment !== undefined) return below(environment);
  throw new ArgumentError(
    "--sys-prefix needs an active environment: activate a venv or conda environment, or use --user",
  );
}

/**
 * All data folders, the first that has a thing wins.
 * @param place is looked at first
 */
export function dataFolders(place: Place): string[] {
  const listed = (process.env.JUPYTER_PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const environment = activeEnvironment();
  const system = process.platform === "win32" ? [] : ["/usr/local/share/jupyter", "/usr/share/jupyter"];
  return [
    dataFolderOf(place),
    ...listed,
    userFolder(),
    ...(environment === undefined ? [] : [below(environment)]),
    ...system,
  ];
}

function activeEnvironment(): string | undefined {
  return process.env.VIRTUAL_ENV ?? process.env.CONDA_PREFIX;
}

function below(prefix: string): string {
  return join(prefix, "share", "jupyter");
}

function userFolder(): string {
  const { JUPYTER_DATA_DIR, APPDATA, XDG_DATA_HOME } = process.env;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (process.platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (process.platform === "win32") return join(APPDATA ?? homedir(), "jupyter");
  return join(XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
}
