import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const script = fileURLToPath(new URL("../../../support/ship-from-script.mjs", import.meta.url));

// `nodes` counts what travelled by value: an import must not drag the source of its module along.
test("in a plain script, imports and module variables of a function travel with it", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [script]);
  expect(JSON.parse(stdout)).toEqual({
    namespaceImport: { value: 3, nodes: 1 },
    namedImport: { value: "b", nodes: 1 },
    relativeImport: { value: 8, nodes: 1 },
    moduleVariable: { value: 15, nodes: 2 },
    requiredModule: { value: 7, nodes: 1 },
    requiredMember: { value: 2, nodes: 1 },
    importedFunction: { value: 20, nodes: 1 },
  });
});
