import { dataFolders, type Place } from "../jupyter-data.js";
import type { Engine } from "../kernel-spec.js";
import { examineBlas } from "./blas.js";
import { examineExtension } from "./extension.js";
import type { Finding } from "./finding.js";
import { examineKernel } from "./kernels.js";
import { examineNode, examinePackages } from "./packages.js";
import { trialStart } from "./trial.js";

/** Looks at everything a notebook needs of this machine, as the Jupyter of a place would find it. */
export async function* examine(place: Place): AsyncGenerator<Finding> {
  const folders = dataFolders(place);
  const install = `dagbook install${flagsOf(place)}`;
  yield examineNode();
  yield* await examinePackages();
  yield* await examineEngine("dagbook", folders, install);
  yield* await examineEngine("tslab", folders, `${install} --engine tslab`);
  yield* examineExtension(folders, install);
  yield* examineBlas(folders);
}

async function examineEngine(engine: Engine, folders: readonly string[], install: string): Promise<readonly Finding[]> {
  const { findings, argv } = examineKernel(engine, folders, install);
  return argv === undefined ? findings : [...findings, await trialStart(argv)];
}

function flagsOf(place: Place): string {
  if (place.prefix !== undefined) return ` --prefix ${/\s/.test(place.prefix) ? `"${place.prefix}"` : place.prefix}`;
  return place["sys-prefix"] ? " --sys-prefix" : "";
}
