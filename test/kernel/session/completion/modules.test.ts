import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { marked } from "./marked.js";

let touched = 0;
const charts = {
  line: () => 1,
  Plot: class {},
  default: 1,
  get lazy() {
    touched += 1;
    return touched;
  },
};
const { completion, texts, chosen } = marked({
  names: () => ["tableOne"],
  loadedModule: (specifier) => (specifier === "charts" ? charts : undefined),
});
const folder = mkdtempSync(join(tmpdir(), "dagbook-complete-"));
const home = process.cwd();

beforeAll(() => {
  for (const name of ["node_modules/plain-package", "node_modules/@scope/inner", "lib", "data"]) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  for (const name of ["tools.ts", "lib/deep.mjs", "notes.md", "two words.txt", ".hidden.ts"]) {
    writeFileSync(join(folder, name), "");
  }
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});
afterEach(() => expect(touched).toBe(0));

test("specifiers are files beside the notebook, packages in its folder, Node's modules and the kernel's own", () => {
  expect(completion('import a from "./').entries).toEqual([
    { text: "./data/", type: "path" },
    { text: "./lib/", type: "path" },
    { text: "./tools.ts", type: "path" },
  ]);
  expect(texts('await import("./lib/')).toEqual(["./lib/deep.mjs"]);
  expect(texts('require("./.')).toEqual(["./.hidden.ts"]);
  expect(texts('import ".')).toEqual(["./", "../"]);
  expect(texts(`import a from "../${folder.slice(folder.lastIndexOf("/") + 1)}`)).toHaveLength(1);
  expect(texts('import a from "./missing/')).toEqual([]);
  expect(texts('import a from "plain')).toEqual(["plain-package"]);
  expect(texts('import a from "@sc')).toEqual(["@scope/"]);
  expect(texts('import a from "@scope/')).toEqual(["@scope/inner"]);
  expect(texts('import fs from "node:fs')).toEqual(["node:fs", "node:fs/promises"].slice(1));
  expect(texts('import fs from "zli')).toEqual(["node:zlib"]);
  expect(texts('import type { Delayed } from "dagb')).toEqual(["dagbook", "dagbook/graph"]);
  expect(chosen('import a from "./to|ls.ts"; a("x")')).toBe('import a from "./tools.ts"; a("x")');
});

test("names in the braces of an import are the exports of modules that are loaded", () => {
  expect(completion('import { | } from "charts"').entries).toEqual([
    { text: "Plot", type: "class" },
    { text: "lazy", type: "instance" },
    { text: "line", type: "function" },
  ]);
  expect(texts('import { readFileS|} from "node:fs"')).toEqual(["readFileSync"]);
  expect(texts('import type { Plot as P, li| } from "charts"')).toEqual(["line"]);
  expect(texts('import all, { li| } from "charts"')).toEqual(["line"]);
  expect(texts('import {\n  Plot,\n  li|\n} from "charts"')).toEqual(["line"]);
  for (const code of ['import { li| } from "unknown"', "import { li|", 'import { li }; f({ li| }) from "charts"']) {
    expect([code, texts(code)]).toEqual([code, []]);
  }
});

test("magics complete with what they take", () => {
  expect(texts("%wh")).toEqual(["%who"]);
  expect(texts("const a = 1\n  %tim")).toEqual(["%time", "%timeit"]);
  expect(texts("?%wh")).toEqual(["%who"]);
  expect(completion("%").entries).toContainEqual({ text: "%cd", type: "magic" });
  expect(chosen("%ti|mme f()")).toBe("%time f()");
  expect(texts("%types s")).toEqual(["strict"]);
  expect(texts("%cd ")).toEqual(["data/", "lib/", "node_modules/"]);
  expect(texts("%cd ./l")).toEqual(["./lib/"]);
  expect(texts("%env PATH")).not.toContain("PATH");
  expect(texts("%env HOM")).toContain("HOME");
});

test("files complete a command of the shell, only those it takes without escapes", () => {
  expect(texts("!cat ")).toEqual(["data/", "lib/", "node_modules/", "notes.md", "tools.ts"]);
  expect(texts("!cat lib/")).toEqual(["lib/deep.mjs"]);
  expect(texts("!cat \\\n  no")).toEqual(["node_modules/", "notes.md"]);
  expect(chosen("const a = 1\n!wc -l not")).toBe("const a = 1\n!wc -l notes.md");
  expect(texts("const a = [\n  !tableO")).toEqual(["tableOne"]);
  expect(texts("`\n!cat ")).toEqual([]);
});
