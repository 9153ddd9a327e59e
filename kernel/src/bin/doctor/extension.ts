import { existsSync } from "node:fs";
import { join } from "node:path";
import { packageVersion } from "../../jupyter/package-version.js";
import { builtExtension, EXTENSION_FOLDER, extensionManifest } from "../extension-folder.js";
import { broken, type Finding, fine, odd } from "./finding.js";

/**
 * Whether JupyterLab would load the extension of this dagbook.
 * @param folders data folders of Jupyter, the first that has the extension wins
 * @param install the command that mends it
 */
export function examineExtension(folders: readonly string[], install: string): readonly Finding[] {
  const places = folders
    .map((folder) => join(folder, EXTENSION_FOLDER))
    .filter((path) => existsSync(join(path, "package.json")));
  const [first, ...others] = places;
  const mend = builtExtension() === undefined ? `build it (npm run build), then run: ${install}` : `run: ${install}`;
  if (first === undefined) return [broken("JupyterLab does not know the extension, so runs are not drawn live", mend)];
  const problem = problemOf(first, mend);
  if (problem) return [problem];
  const version = extensionManifest(first)?.version;
  const hidden = others.filter((path) => extensionManifest(path)?.version !== version);
  return [
    fine(`the JupyterLab extension is installed in ${first}`),
    ...hidden.map((path) => odd(`${path} is never used, ${first} hides it`, `delete ${path}`)),
  ];
}

function problemOf(folder: string, mend: string): Finding | undefined {
  const manifest = extensionManifest(folder);
  if (manifest === undefined || !existsSync(join(folder, manifest.entry))) {
    return broken(`the JupyterLab extension in ${folder} is damaged`, mend);
  }
  if (manifest.version !== packageVersion) {
    return broken(
      `the JupyterLab extension in ${folder} is version ${manifest.version}, the kernel ${packageVersion}`,
      mend,
    );
  }
  const built = builtExtension();
  // JupyterLab's builder names the entry by its content.
  if (built === undefined || extensionManifest(built)?.entry === manifest.entry) return undefined;
  return broken(`the JupyterLab extension in ${folder} is of another build than the kernel`, mend);
}
