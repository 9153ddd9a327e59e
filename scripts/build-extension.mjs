// Compiles extension/ and bundles it for JupyterLab into extension/labextension. Needs no Python.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { compile } from "./lib/build.mjs";
import { root, run } from "./lib/run.mjs";
import { Cure, finish } from "./lib/say.mjs";

const BUILDER = "node_modules/@jupyter/builder/lib/build-labextension.js";
// Without this file the builder would look for it on the network.
const CORE = "node_modules/@jupyterlab/core-meta/core.package.json";

await finish(async () => {
  await compile("extension");
  // The builder names its chunks by content and leaves those of earlier builds behind.
  rmSync(join(root, "extension", "labextension"), { recursive: true, force: true });
  const code = await run(process.execPath, [BUILDER, "--core-package-file", CORE, "extension"]);
  if (code !== 0) throw new Cure("JupyterLab's builder found errors (above).");
});
