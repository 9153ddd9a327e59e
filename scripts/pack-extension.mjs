// npm pack -w kernel: the package brings the JupyterLab extension along, so that `dagbook install` finds it.
import { cpSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./lib/run.mjs";
import { Cure, finish } from "./lib/say.mjs";

await finish(() => {
  const built = join(root, "extension", "labextension");
  const packed = join(root, "kernel", "labextension");
  if (!existsSync(join(built, "package.json"))) throw new Cure("The extension is not built: run npm run build first.");
  rmSync(packed, { recursive: true, force: true });
  cpSync(built, packed, { recursive: true });
});
