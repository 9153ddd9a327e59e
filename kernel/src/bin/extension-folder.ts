import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const NAME = "dagbook-labextension";

/** Below a data folder of Jupyter. */
export const EXTENSION_FOLDER = join("labextensions", NAME);

/** Where the built extension lies: beside the kernel in a checkout, inside the package that npm installed. */
const places = ["../../../extension/labextension", "../../labextension"];

/** The folder of the extension that belongs to this dagbook; undefined if it has not been built. */
export function builtExtension(): string | undefined {
  const folders = places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return folders.find((folder) => extensionManifest(folder)?.name === NAME);
}

/** What is of interest in the package.json of an extension. */
export interface ExtensionManifest {
  readonly name: string;
  readonly version: string;
  /** the file that JupyterLab loads first, from the folder of the extension */
  readonly entry: string;
}

/** The manifest in a folder; undefined if there is none that JupyterLab could read. */
export function extensionManifest(folder: string): ExtensionManifest | undefined {
  try {
    const { name, version, jupyterlab } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return { name: String(name), version: String(version), entry: String(jupyterlab._build.load) };
  } catch {
    return undefined;
  }
}
