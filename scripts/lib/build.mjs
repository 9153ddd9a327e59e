import { existsSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./run.mjs";
import { Cure, say } from "./say.mjs";
import { hashOf, once } from "./stamp.mjs";

// By path: a dependency brings an older `tsc` that npx would find first.
const TSC = "node_modules/@typescript/native/bin/tsc";

/** Type-checks and compiles projects; incremental, under a second when nothing changed. */
export async function compile(...projects) {
  const code = await run(process.execPath, [TSC, "-b", ...projects]);
  if (code !== 0) throw new Cure("The TypeScript compiler found errors (above).");
}

/** Compiles kernel and extension and bundles the JupyterLab extension if its sources changed. */
export async function build() {
  await compile("kernel", "extension");
  const inputs = [
    "extension/src",
    "extension/style",
    "extension/schema",
    "extension/package.json",
    "kernel/src/dashboard/messages.ts",
  ];
  await once("extension", hashOf(inputs), ["extension/labextension/package.json"], async () => {
    say("JupyterLab extension");
    const builder = join(root, "scripts", "build-extension.mjs");
    if (!existsSync(builder)) throw new Cure("scripts/build-extension.mjs is missing.");
    if ((await run(process.execPath, [builder])) !== 0)
      throw new Cure("The JupyterLab extension could not be built (above).");
  });
}
