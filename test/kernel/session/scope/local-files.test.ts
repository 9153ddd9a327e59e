import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { SessionClient } from "../../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

function file(path: string, text: string): void {
  mkdirSync(join(session.folder, path, ".."), { recursive: true });
  writeFileSync(join(session.folder, path), text);
}

const lib = `export interface Row { value: number }
export enum Colour { Red, Green }
import { twice } from "./parts/twice";
import type { Row as Alias } from "./lib";
export const f = (x: number): number => twice(x) + 1;
export const rowOf = (value: number): Alias => ({ value });
export function fail(x: number): never {
  type Local = number;
  throw new RangeError(\`no \${x satisfies Local}\`);
}
export const place = [import.meta.filename, import.meta.dirname, import.meta.resolve("./parts/twice.ts")];
export const late = async (specifier: string) => (await import(specifier)).twice(4);
export default class Box<T> { constructor(readonly held: T) {} }
`;

beforeAll(() => {
  file("lib.ts", lib);
  file(
    "parts/twice.ts",
    'import { f } from "../lib.js"; export const twice = (x: number) => x * 2; export const loop = () => f;',
  );
  file("data.json", '{ "rows": 3 }');
  file(
    "old.cjs",
    "#!/usr/bin/env node\nexports.old = 1;\nexports.at = __dirname;\nexports.fail = () => { throw new Error('old') };",
  );
});

test.each(["./lib.ts", "./lib", "./lib.js", "../PARENT/lib"])("a cell imports TypeScript by %p", async (specifier) => {
  const path = specifier.replace("PARENT", session.folder.split("/").at(-1)!);
  expect(
    await session.show(`import Box, { f, Colour, type Row } from "${path}"; [f(2), Colour.Green, new Box(1).held]`),
  ).toBe("[ 5, 1, 1 ]");
  expect(await session.show(`(await import("${path}")).f(3) + require("${path}").f(3)`)).toBe("14");
});

test("a file knows its own place, and imports from there", async () => {
  const { folder } = session;
  expect(await session.show('import { place, late } from "./lib.ts"; place.join()')).toBe(
    `'${folder}/lib.ts,${folder},file://${folder}/parts/twice.ts'`,
  );
  expect(await session.show('await late("./parts/twice.ts")')).toBe("8");
});

test("one edition is one module, whatever way it is imported", async () => {
  const cell = `import * as one from "./lib.ts"; import * as two from "./lib";
    [two, await import("./lib.js"), require("./lib.ts")].map((other) => other.f === one.f)`;
  expect(await session.show(cell)).toBe("[ true, true, true ]");
});

test("a file that has changed, or one that it imports, is loaded anew at the next import", async () => {
  await session.run('import { f } from "./lib.ts"');
  file("parts/twice.ts", "export const twice = (x: number) => x * 200");
  expect(await session.show("f(1)")).toBe("3");
  expect(await session.show('import { f } from "./lib.ts"; f(1)')).toBe("201");
  file("old.cjs", "exports.old = 2");
  expect(await session.show('import { old } from "./old.cjs"; [old, require("./old.cjs").old]')).toBe("[ 2, 2 ]");
  file("data.json", '{ "rows": 4 }');
  expect(await session.show('import data from "./data.json"; data.rows + require("./data").rows')).toBe("8");
});

test("a file that was missing, and then changes, is loaded anew by those that import it", async () => {
  file("early/user.ts", 'import { made } from "./later"; export const used = made;');
  const cell = 'import { used } from "./early/user.ts"; used';
  expect(await session.show(cell)).toContain("There is no file './later'");
  file("early/later.ts", "export const made = 1;");
  expect(await session.show(cell)).toBe("1");
  file("early/later.ts", "export const made = 2;");
  expect(await session.show(cell)).toBe("2");
});

test("JSON needs no attribute and may have one", async () => {
  expect(await session.show('import plain from "./data.json"; plain.rows')).toBe("4");
  expect(await session.show('import typed from "./data.json" with { type: "json" }; typed.rows')).toBe("4");
  file("uses-json.ts", 'import data from "./data.json" with { type: "json" }; export const rows: number = data.rows;');
  expect(await session.show('import { rows } from "./uses-json.ts"; rows')).toBe("4");
});

test("a file has what cells have: the kernel's own dagbook, decorators, `using`, import = require", async () => {
  file(
    "rich.ts",
    `import * as own from "dagbook";
     import fs = require("node:fs");
     const log: string[] = [];
     { using _ = { [Symbol.dispose]() { log.push("disposed"); } }; }
     function twice(_: object, __: string, method: PropertyDescriptor) { const { value } = method; method.value = () => value() * 2; }
     class C { @twice m() { return 21; } }
     export { own, log }; export const exists = typeof fs.existsSync; export const decorated = new C().m();`,
  );
  const cell = `import * as own from "dagbook"; import * as rich from "./rich.ts";
    [rich.own === own, rich.log[0], rich.exists, rich.decorated]`;
  expect(await session.show(cell)).toBe("[ true, 'disposed', 'function', 42 ]");
});

test("a stack trace names the lines of the file, also printed, late and of CommonJS", async () => {
  const { folder } = session;
  const shown = (await session.show('import { fail } from "./lib.ts"; fail(3)'))?.split("\n") ?? [];
  expect(shown.slice(0, 2)).toEqual(["RangeError: no 3", `${folder}/lib.ts:9:9`]);
  expect(shown).toContain(`cell-${session.count}.ts:1:34`);
  expect(shown.join("\n")).toContain(">  9 |   throw new RangeError");
  expect(shown.slice(-2)).toEqual([`    at fail (${folder}/lib.ts:9:9)`, `    at cell-${session.count}.ts:1:34`]);
  expect(await session.printed("try { fail(4) } catch (error) { console.log(error.stack) }")).toBe(
    `RangeError: no 4\n    at fail (${folder}/lib.ts:9:9)\n    at cell-${session.count}.ts:1:7\n`,
  );
  expect(
    await session.printed("setTimeout(() => fail(5)); await new Promise((done) => setTimeout(done, 20))", "stderr"),
  ).toContain(`at fail (${folder}/lib.ts:9:9)`);
  file("thrower.cjs", "#!/usr/bin/env node\nexports.fail = () => { throw new Error('old') };");
  expect(await session.show('require("./thrower.cjs").fail()')).toContain(
    `at exports.fail (${folder}/thrower.cjs:2:30)`,
  );
});

test.each([
  [
    "bad.ts",
    "const a: number = 1;\nconst b = = 2;",
    /bad\.ts cannot be compiled: Unexpected token\n(.*\n)*.*bad\.ts:2:11/,
  ],
  [
    "view.tsx",
    "const a = 1;\nexport const v = <b>{a}</b>;",
    /^ImportError: JSX is off: .*\/view\.tsx:2:18 has some\. /,
  ],
  ["data-bad.json", "{ rows: 1 }", /data-bad\.json is no JSON: /],
  ["lacks.ts", "\nimport 'left-pad-x';", /\/lacks\.ts:2: Cannot find the package 'left-pad-x': /],
  [
    "loses.ts",
    "import { twise } from './parts/twice'; twise;",
    /\/loses\.ts:1:\d+ imports 'twise' from .*parts\/twice\.ts', .*Did you mean twice\?/,
  ],
  [
    "regexp.ts",
    "export const r = /(?<a>x)(?<a>y)/;",
    /regexp\.ts', or a file that it imports, cannot be loaded: Invalid reg/,
  ],
  [
    "assigns.ts",
    "const a = 1; export = a;",
    /assigns\.ts cannot be compiled: 'export =' is CommonJS: write export default/,
  ],
  ["typed.cjs", "const x: number = 1;", /typed\.cjs:1:7: Missing initializer in const declaration/],
  ["old.cts", "exports.a = 1;", /old\.cts is TypeScript for CommonJS: name it \.ts/],
])("an error of %s is told in words about that file", async (name, text, message) => {
  file(name, text);
  const shown = await session.show(`import "./${name}"`);
  expect(shown).toMatch(message);
  expect(shown).not.toContain("dagbook-modules");
});

test("require of a file that awaits, of a folder and of what a package hides is told with the cure", async () => {
  file("awaits.ts", "export const v: number = await Promise.resolve(1);");
  expect(await session.show('require("./awaits.ts")')).toContain('write await import("./awaits.ts")');
  expect(await session.show('(await import("./awaits.ts")).v')).toBe("1");
  expect(await session.show('import "./parts"')).toContain("'./parts' is a folder without an index.ts");
  file("node_modules/hides/package.json", '{ "name": "hides", "exports": { ".": "./a.js", "./open": "./a.js" } }');
  expect(await session.show('import "hides/closed"')).toMatch(
    /^ImportError: .*'.\/closed' is not defined.* It exports: \., \.\/open\n/,
  );
  file("node_modules/broken/package.json", '{ "name": "broken", "main": "./gone.js" }');
  expect(await session.show('import "broken"')).toContain("Install it anew: npm install");
});

test("what a file imports from another as a type needs no `type`", async () => {
  file("types.ts", "export interface Shape { sides: number }\nexport type Name = string;\nexport const shapes = 2;");
  file(
    "uses.ts",
    'import { Shape, Name, shapes } from "./types"; export const s: Shape & { n: Name } = { sides: shapes, n: "" };',
  );
  expect(await session.show('import { s } from "./uses.ts"; s.sides')).toBe("2");
});

test("files import each other in circles, and one that could not be imported is tried anew", async () => {
  file(
    "a.ts",
    'import { b } from "./b"; import "late-package"; export const a = (n: number): string => (n === 0 ? "a" : b(n - 1));',
  );
  file("b.ts", 'import { a } from "./a"; export const b = (n: number): string => (n === 0 ? "b" : a(n - 1));');
  expect(await session.show('import { a } from "./a.ts"')).toMatch(/a\.ts:1: Cannot find the package 'late-package'/);
  expect(await session.show('import { b } from "./b.ts"')).toMatch(/a\.ts:1: Cannot find the package 'late-package'/);
  file("node_modules/late-package/package.json", '{ "name": "late-package", "main": "index.js" }');
  file("node_modules/late-package/index.js", "");
  expect(await session.show('import { b } from "./b.ts"; b(3)')).toBe("'a'");
});

test("CommonJS may import(), and requires what is beside it", async () => {
  file(
    "both.cjs",
    "module.exports = async () => (await import('./both-part.ts')).part + require('./both-part.ts').part;",
  );
  file("both-part.ts", "export const part: number = 4;");
  expect(await session.show('await require("./both.cjs")()')).toBe("8");
});

test("JSON of a package needs no attribute; its TypeScript is compiled if the package is linked", async () => {
  file("node_modules/with-data/data.json", '{ "from": "package" }');
  expect(await session.show('import data from "with-data/data.json"; data.from')).toBe("'package'");
  file("linked/package.json", '{ "name": "linked", "exports": "./index.ts" }');
  file("linked/index.ts", "export const linked: string = import.meta.filename;");
  symlinkSync("../linked", join(session.folder, "node_modules/linked"));
  expect(await session.show('import { linked } from "linked"; linked')).toBe(`'${session.folder}/linked/index.ts'`);
});

test.each([
  ["./kinds/mts.mts", "export const kind: string = 'mts'"],
  ["./kinds/tsx.tsx", "export const kind = <T,>(t: T) => t"],
  ["./kinds/js.js", "export const kind = 'js module'"],
  ["./kinds/common.js", "exports.kind = 'js commonjs'"],
  ["./kinds/folder", "export const kind: string = 'index'", "kinds/folder/index.ts"],
  ["./kinds/with space & ü#.ts", "export const kind: string = 'named'"],
])("%s is loaded by what it is", async (specifier, text, path = specifier) => {
  file(path, text);
  const encoded = specifier.replace("#", "%23");
  expect(await session.show(`import { kind } from ${JSON.stringify(encoded)}; typeof kind`)).toMatch(
    /'(string|function)'/,
  );
});

test("imports and errors do not need the names that cells may take", async () => {
  const other = new SessionClient();
  await other.run("const process = 1, Buffer = 2, URL = 3, performance = 4, require = 5, module = 6");
  writeFileSync(join(other.folder, "taken.ts"), "export const f = (x: number): number => x;");
  expect(await other.show('import { f } from "./taken.ts"; f(7)')).toBe("7");
  expect(await other.show('import "node:nothing-like-it"')).toContain("has no module 'node:nothing-like-it'");
  expect(await other.show("let ü = ;")).toContain(".ts:1:9");
  await other.close();
});

test("what was compiled is gone when the process has ended", async () => {
  const other = new SessionClient();
  writeFileSync(join(other.folder, "a.ts"), "export const a: number = 1");
  const pid = await other.show('import { a } from "./a.ts"; process.pid + a - 1');
  const store = join(tmpdir(), `dagbook-modules-${hostname().replace(/\W+/g, "-")}-${pid}`);
  expect(readdirSync(store)).toHaveLength(2);
  await other.close();
  expect(existsSync(store)).toBe(false);
});
