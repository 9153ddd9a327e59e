// A plain script: ships functions that use its imports and module variables, prints what the worker answers.
import { once } from "node:events";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { Worker } from "node:worker_threads";
import * as d3 from "d3-array";
import { plainScope, shipFunction } from "../../kernel/dist/dag/functions/index.js";
import { twice } from "./twice.mjs";

const lodash = createRequire(import.meta.url)("lodash");
const { chunk } = lodash;
const factor = 3;
const scale = (x) => x * factor;

const tasks = {
  namespaceImport: () => d3.sum([1, 2]),
  namedImport: () => basename("/a/b"),
  relativeImport: () => twice(4),
  moduleVariable: () => scale(5),
  requiredModule: () => lodash.head([7, 8]),
  requiredMember: () => chunk([1, 2, 3], 2).length,
  importedFunction: twice,
};
const worker = new Worker(new URL("./function-worker.mjs", import.meta.url));
const answers = {};
for (const [name, fn] of Object.entries(tasks)) {
  const shipped = shipFunction(fn, plainScope);
  worker.postMessage({ shipped, args: [10] });
  const [{ value, error }] = await once(worker, "message");
  const nodes = shipped.kind === "closure" ? shipped.nodes.length : 0;
  answers[name] = error === undefined ? { value, nodes } : { error: error.message };
}
await worker.terminate();
process.stdout.write(JSON.stringify(answers));
