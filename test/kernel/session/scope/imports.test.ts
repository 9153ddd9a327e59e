import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SessionClient } from "../../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

function file(path: string, text: string): void {
  mkdirSync(join(session.folder, path, ".."), { recursive: true });
  writeFileSync(join(session.folder, path), text);
}

beforeAll(() => {
  file("beside.mjs", "export const beside = { from: 'beside' }; export default () => 1;");
  file("old.cjs", "module.exports = { old: true };");
  file("data.json", '{ "rows": 3 }');
  file(
    "node_modules/two-faced/package.json",
    '{ "name": "two-faced", "exports": { "import": "./face.mjs", "require": "./face.cjs" } }',
  );
  file("node_modules/two-faced/face.mjs", "export const face = 'module'; export const f = () => face;");
  file("node_modules/two-faced/face.cjs", "exports.face = 'commonjs';");
  file("node_modules/dagbook/package.json", '{ "name": "dagbook", "exports": "./index.mjs" }');
  file("node_modules/dagbook/index.mjs", "export const copy = true;");
});

test("imports are looked up from the notebook's folder", async () => {
  expect(await session.show('import go, { beside } from "./beside.mjs"; [beside.from, go()]')).toBe("[ 'beside', 1 ]");
  expect(await session.show('import { face } from "two-faced"; face')).toBe("'module'");
  expect(await session.show('import data from "./data.json" with { type: "json" }; data.rows')).toBe("3");
  expect(await session.show('(await import("./beside.mjs")).beside.from')).toBe("'beside'");
});

test("require works from the notebook's folder", async () => {
  expect(await session.show('require("two-faced").face + require("./old.cjs").old')).toBe("'commonjstrue'");
  expect(await session.show('import os = require("os"); typeof os.cpus')).toBe("'function'");
});

test("import.meta is that of a file beside the notebook", async () => {
  const cell = "[import.meta.dirname, import.meta.filename, import.meta.resolve('./beside.mjs')]";
  const outcome = await session.show(`JSON.stringify(${cell})`);
  const { folder, count } = session;
  const expected = [folder, `${folder}/cell-${count}.ts`, `file://${folder}/beside.mjs`];
  expect(outcome).toBe(`'${JSON.stringify(expected)}'`);
});

test("dagbook is the kernel's own, whatever way it is imported and whatever the folder holds", async () => {
  const index = new URL("../../../../kernel/dist/index.js", import.meta.url).href;
  expect(await session.show('import.meta.resolve("dagbook")')).toBe(`'${index}'`);
  const cell = `
    import * as statically from "dagbook";
    const dynamically = await import("dagbook");
    const load = () => import(\`dagbook\`);
    const own = await import("${index}");
    [statically, dynamically, await load(), require("dagbook")].map((library) => library === own)`;
  expect(await session.show(cell)).toBe("[ true, true, true, true ]");
});

test("a missing module is an error that names it and where it was searched", async () => {
  expect(await session.show('import "nowhere-to-be-found"')).toBe(
    [
      "ImportError: Cannot find the package 'nowhere-to-be-found': searched " +
        `${session.folder}/node_modules, ${tmpdir()}/node_modules, /node_modules. Install it in the folder of the ` +
        `notebook: cd ${session.folder} && npm install nowhere-to-be-found`,
      `cell-${session.count}.ts:1:1`,
      '> 1 | import "nowhere-to-be-found"',
      "    | ^",
    ].join("\n"),
  );
});

test.each([
  ['import "https://example.org/a.js"', "Install the package with npm in the folder of the notebook, or download"],
  ['import fp from "npm:lodash@4/fp"', "Run: npm install lodash@4, and import from 'lodash/fp'"],
  ['import * as path from "jsr:@std/path@1"', "Run: npx jsr add @std/path@1, and import from '@std/path'"],
  ['import "node:pth"', "Did you mean node:path?"],
  ['import "./besid"', "Did you mean './beside.mjs'?"],
  ['await import("./node_modules/two-face/face.mjs")', "the folder "],
  ['require("./nothing-like-it")', "The folder has: beside.mjs, data.json, old.cjs"],
  ['import "beside.mjs"', "A file beside the notebook is imported by a path: './beside.mjs'"],
  ['require("@scope/nowhere/deep")', "npm install @scope/nowhere"],
  [
    'import { besides } from "./beside.mjs"; besides',
    "'./beside.mjs' has no export named 'besides'. Did you mean beside?",
  ],
  ['import { jion as j } from "path"; console.log(j)', "'path' has no export named 'jion'. Did you mean join?"],
  ['import none from "./node_modules/two-faced/face.mjs"; none', "has no export named 'default'. It exports: f, face"],
])("%s is an error with a cure", async (cell, cure) => {
  const [message] = (await session.show(cell))?.split("\n") ?? [];
  expect(message).toMatch(/^ImportError: /);
  expect(message).toContain(cure);
});

test("a name that may be a type is an error only where it is read", async () => {
  const cell = 'import { Row, beside } from "./beside.mjs"; const rows: Row[] = []; [rows.length, typeof beside]';
  expect(await session.show(cell)).toBe("[ 0, 'object' ]");
  expect(await session.scope("beside")).toMatchObject({ found: true });
  expect(await session.show("const more: Row[] = []; more.length")).toBe("0");
  expect(await session.show("new Row()")).toMatch(/^ImportError: '\.\/beside\.mjs' has no export named 'Row'\./);
  expect(await session.show("let Row; Row")).toBe(undefined);
  expect(await session.show("Row = 2; Row")).toBe("2");
});

test("%cd and chdir move everything that looks for modules", async () => {
  file("inner/near.ts", "export const near: string = 'near'");
  await session.run('process.chdir("inner")');
  const cell = `import { near } from "./near.ts";
    [near, require("./near").near, (await import("./near.ts")).near, import.meta.dirname, require.resolve("./near.ts")]
      .join()`;
  const inner = `${session.folder}/inner`;
  expect(await session.show(cell)).toBe(`'near,near,near,${inner},${inner}/near.ts'`);
  await session.run('process.chdir("..")');
});

test("shipping learns which names are imports, by an address that any thread can load", async () => {
  await session.run('import { f } from "two-faced"; import * as ns from "./beside.mjs"; import path from "path"');
  const face = `file://${session.folder}/node_modules/two-faced/face.mjs`;
  // Files beside the notebook may change: workers get the edition that the cell has.
  const beside = expect.stringMatching(/^file:.*\/dagbook-modules-[\w-]+\/beside-mjs-\w+\.mjs$/);
  expect(await session.scope("f")).toEqual({
    found: true,
    importOf: { specifier: face, export: "f" },
    moduleOf: { specifier: face, export: "f" },
  });
  expect(await session.scope("ns")).toMatchObject({ importOf: { specifier: beside }, moduleOf: { specifier: beside } });
  expect(await session.scope("path")).toMatchObject({ importOf: { specifier: "node:path", export: "default" } });
});

test("a module loaded by import() or require is known by its values", async () => {
  await session.run('const os = await import("node:os"); const old = require("./old.cjs")');
  expect(await session.scope("os")).toEqual({ found: true, moduleOf: { specifier: "node:os" } });
  const specifier = expect.stringMatching(/^file:.*\/dagbook-modules-[\w-]+\/old-cjs-\w+\.cjs$/);
  expect(await session.scope("old")).toEqual({ found: true, moduleOf: { specifier, export: "default" } });
});

test("what compiled cells call for import.meta and `using` is an import for workers", async () => {
  await session.run("using resource = { [Symbol.dispose]() {} }; const here = () => import.meta.dirname");
  const dist = new URL("../../../../kernel/dist/", import.meta.url).href;
  expect(await session.scope("babelHelpers")).toMatchObject({
    importOf: { specifier: `${dist}babel-helpers.js`, export: "babelHelpers" },
  });
  expect(await session.scope("__dagbook__")).toMatchObject({
    importOf: { specifier: `${dist}session/scope/cell-runtime.js`, export: "workerRuntime" },
  });
});

test("a name that gets another value is no import any more", async () => {
  await session.run('import { sep } from "node:path"; import { join as glue } from "node:path"');
  expect(await session.scope("sep")).toMatchObject({ importOf: { specifier: "node:path", export: "sep" } });
  await session.run("const glue = () => 1; sep = 'x'");
  expect(await session.scope("sep")).toEqual({ found: true });
  expect(await session.scope("glue")).toEqual({ found: true });
});

test("shipping learns the scripts of cells and where their parts were written", async () => {
  await session.run("type Wide = {\n  a: number;\n};\nawait 0;\n  function placed(a: number) { return a }");
  const [{ name, code }] = (await session.cells()) as [{ name: string; code: string }];
  expect(name).toBe(`cell-${session.count}.ts`);
  const before = code.slice(0, code.indexOf("function placed")).split("\n");
  const place = { file: name, line: before.length - 1, column: before.at(-1)!.length };
  expect(await session.writtenAt(place)).toEqual({ file: name, line: 4, column: 2 });
  expect(await session.writtenAt({ file: "other.ts", line: 0, column: 0 })).toBe(undefined);
});

test("lookup finds names of cells and of the kernel, not Node's own", async () => {
  await session.run("const mine = 1; globalThis.added = 2; const URL = 3");
  const found = async (name: string) => ((await session.scope(name)) as { found: boolean }).found;
  expect(await Promise.all(["mine", "added", "URL", "bound", "console", "Map", "missing"].map(found))).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(await session.scope("bound")).toMatchObject({ importOf: { export: "bound" }, moduleOf: { export: "bound" } });
});
