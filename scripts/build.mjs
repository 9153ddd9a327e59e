// npm run build: kernel and JupyterLab extension.
import { build } from "./lib/build.mjs";
import { finish } from "./lib/say.mjs";

await finish(build);
