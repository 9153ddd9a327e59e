import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Cells } from "../../../support/cells.js";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "dagbook-ship-modules-")));
const notebook = new Cells();
afterAll(async () => {
  await notebook.close();
  rmSync(folder, { recursive: true });
});

function file(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

/** `import { f as name } from "./file"` of a cell. */
function imported(name: string, path: string): Promise<string> {
  return notebook.importFile(name, join(folder, path), "f");
}

test("a function of a TypeScript file runs on a worker, also one that a cell's function uses", async () => {
  file("inner.ts", "export const factor: number = 2;");
  file("lib.ts", 'import { factor } from "./inner";\nexport function f(x: number): number { return x * factor; }');
  await imported("libF", "lib.ts");
  expect(notebook.ship("libF")).toMatchObject({ kind: "module", export: "f" });
  expect(await notebook.call("libF", 4)).toBe(8);
  notebook.run("var plus = (x) => libF(x) + 1");
  expect(await notebook.call("plus", 4)).toBe(9);
});

test("a worker runs the edition that the cell imported, whatever the file holds by then", async () => {
  file("inner.ts", "export const factor: number = 3;");
  await imported("second", "lib.ts");
  file("inner.ts", "export const factor: number = 100;");
  notebook.run("var both = (x) => [libF(x), second(x)]");
  expect(await notebook.call("both", 4)).toEqual([8, 12]);
  expect(notebook.ship("libF").id).not.toBe(notebook.ship("second").id);
});

test("a function that a file made travels by its source and names the file's own lines", async () => {
  file(
    "make.ts",
    'import { basename } from "node:path";\nimport { factor } from "./inner";\ntype N = number;\nexport const f = (n: N) => async (path: string) => {\n' +
      '  return [basename(path), n * factor, (await import("./inner.ts")).factor, import.meta.filename];\n};',
  );
  await imported("make", "make.ts");
  notebook.run("var made = make(2)");
  expect(await notebook.call("made", "/a/b")).toEqual(["b", 200, 100, join(folder, "make.ts")]);
  file("fails.ts", "interface A {}\nexport const f = () => (a?: A) => {\n  throw new Error('made');\n};");
  await imported("makeFails", "fails.ts");
  notebook.run("var fails = makeFails()");
  const error: Error = await notebook.call("fails").then(String, (thrown) => thrown);
  expect(error.stack).toMatch(/dagbook-modules-[\w-]+\/fails-ts-\w+\.mjs:\d+:\d+/);
});

test("CommonJS files and their `require` work on a worker", async () => {
  file("part.ts", "export const part: string = 'part';");
  file("old.cjs", "const { part } = require('./part.ts');\nexports.f = () => [part, __dirname];");
  await imported("old", "old.cjs");
  expect(await notebook.call("old")).toEqual(["part", folder]);
});

test("a function that itself imports a file finds it on a worker", async () => {
  const url = await imported("again", "lib.ts");
  notebook.run("var load = async (url, x) => (await import(url)).f(x)");
  expect(await notebook.call("load", url, 2)).toBe(200);
});
