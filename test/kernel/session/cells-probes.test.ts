import { SessionClient } from "../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

/** Cells of one notebook, run one after the other, and what the last of them shows. */
interface Probe {
  readonly title: string;
  readonly cells: readonly string[];
  readonly shown: string | undefined | RegExp;
}

function probe(title: string, cells: string | readonly string[], shown: Probe["shown"]): Probe {
  return { title, cells: typeof cells === "string" ? [cells] : cells, shown };
}

// What a notebook expects of TypeScript; kernels differ here. Names begin anew in each probe, for none may need another.
const probes: readonly Probe[] = [
  // State between cells
  probe("a closure sees the value a later cell assigns", ["let x = 1; function f() { return x }", "x = 5", "f()"], "5"),
  probe("a closure sees the value a later cell declares", ["let x2 = 1; const g = () => x2", "let x2 = 6; g()"], "6"),
  probe(
    "a function writes the variable that later cells read",
    ["let n = 0; const up = () => n++", "up(); up(); n"],
    "2",
  ),
  probe(
    "let may become const, class, function, import and enum",
    [
      "let r = 1",
      "const r = 2",
      "class r {}",
      "function r() { return 3 }",
      'import r from "node:os"',
      "enum r { A = 4 }; r.A",
    ],
    "4",
  ),
  probe(
    "a declaration of a cell that awaits replaces one of a cell that does not",
    ["class k { v = 1 }", "await 0; class k { v = 2 }; new k().v"],
    "2",
  ),
  probe("a cell that fails keeps what it assigned", ["let kept = 1; kept = 2; throw new Error()", "kept"], "2"),
  probe(
    "a cell that fails behind an await keeps what it assigned",
    ["await 0; let late = 3; await Promise.reject(1); late = 4", "late"],
    "3",
  ),
  probe("let without a value forgets the old one", ["let old = 1", "let old; old"], undefined),
  probe(
    "var of a block and of a loop belongs to the notebook",
    ["for (var i = 0; i < 3; i++) { var inner = i }", "[i, inner]"],
    "[ 3, 2 ]",
  ),
  probe(
    "var of a block and of a loop does so behind an await too",
    ["await 0; for (var j = 0; j < 3; j++) { var within = j }", "[j, within]"],
    "[ 3, 2 ]",
  ),
  probe(
    "let and functions of a block stay there",
    ["{ let hidden = 1; function hiddenToo() {} }", "typeof hidden + typeof hiddenToo"],
    "'undefinedundefined'",
  ),
  probe(
    "a class is extended by a later cell",
    [
      "abstract class Shape { abstract area(): number }",
      "class Square extends Shape { area() { return 9 } }; new Square().area()",
    ],
    "9",
  ),
  probe(
    "an enum and a namespace are used by a later cell",
    ["enum E { A, B = 5 } namespace N { export const v = E.B }", "N.v + E[0]"],
    "'5A'",
  ),
  // Values
  probe("the last expression is the value", "1; 2", "2"),
  probe("an expression behind an await is the value", "await 0; 1; 2", "2"),
  probe("the last await is the value", "await Promise.resolve(3)", "3"),
  probe("a comma after an await has the value of its last part", "await 1, 2", "2"),
  probe("a promise is not awaited by being the value", "await 0; new Promise(() => {})", "Promise { <pending> }"),
  probe("an object literal is an object", "{ a: 1, b: [2] }", "{ a: 1, b: [ 2 ] }"),
  probe("an empty object literal is an object", "{}", "{}"),
  probe("a function in parentheses is a value, a declaration is none", ["(function named() {})"], "[Function: named]"),
  probe("a declaration shows nothing", "5; class Silent {}", undefined),
  probe("a final if has the value of its branch", "if (1 > 2) { 1 } else if (true) { 7 } else 8", "7"),
  probe("a final if has it behind an await", "await 0; if (true) { const half = 4; half * 2 }", "8"),
  probe(
    "a final try has the value of what ran",
    "await 0; try { await Promise.reject(2) } catch (e) { [e] } finally { 0 }",
    "[ 2 ]",
  ),
  probe("a final loop shows nothing", "for (const i of [1, 2]) { i }", undefined),
  probe("a variable without a value shows nothing", "let nothing; nothing", undefined),
  probe("comments alone show nothing", "// one\n/* two */", undefined),
  probe("an empty cell shows nothing", "", undefined),
  probe("export default is the value", "export default { deep: true }", "{ deep: true }"),
  // Await
  probe(
    "await stands in templates, arrays, keys and patterns",
    `const [w = await 1] = [await undefined]; \`\${await w}\${[await 2]}\${Object.keys({ [await "k"]: 0 })}\``,
    "'12k'",
  ),
  probe(
    "await stands in the heads of loops and classes",
    "for (const q of await [1]) { class C { [await 'm']() { return q } } console.assert(new C().m() === 1) } 5",
    "5",
  ),
  probe(
    "for await runs over generators and over promises",
    "const got: number[] = []; for await (const v of (async function* () { yield 1 })()) got.push(v); for await (const v of [Promise.resolve(2)]) got.push(v); got",
    "[ 1, 2 ]",
  ),
  probe(
    "await in a static block is an error at its place",
    "class S { static { await 1 } }",
    /^SyntaxError: Cannot use await in class static.*\ncell-\d+\.ts:1:20/,
  ),
  probe(
    "await in a default parameter is an error at its place",
    "function p(a = await 1) {}",
    /^SyntaxError: `await` is only allowed.*\ncell-\d+\.ts:1:16/,
  ),
  // Syntax
  probe(
    "import.meta is that of a file beside the notebook",
    "import.meta.filename === import.meta.dirname + '/' + import.meta.url.split('/').at(-1) && import.meta.resolve('fs')",
    "'node:fs'",
  ),
  probe(
    "using and await using dispose at the end of the cell",
    [
      "const log: string[] = []",
      "using a = { [Symbol.dispose]() { log.push('a') } }; await using b = { async [Symbol.asyncDispose]() { log.push('b') } }; 1",
      "log",
    ],
    "[ 'b', 'a' ]",
  ),
  probe(
    "using in the head of a loop disposes each turn",
    ["let turns = 0; for (using u of [1, 2].map(() => ({ [Symbol.dispose]() { turns++ } }))) { u }", "turns"],
    "2",
  ),
  probe("a const enum is one for later cells too", ["const enum CE { A = 1 << 2 }", "CE.A"], "4"),
  probe(
    "decorators, parameter properties and accessors run",
    "function tag(_: object, __: string, d: PropertyDescriptor) { d.value = () => 'tagged' } class D { constructor(readonly p = 1) {} @tag m() {} accessor acc = 2 } [new D().m(), new D().p, new D().acc]",
    "[ 'tagged', 1, 2 ]",
  ),
  probe(
    "private names, overloads, generics and casts run",
    "class P { #x = 1; static has(o: object) { return #x in o } } function over(a: string): string; function over(a: any) { return a } const id = <T,>(t: T) => t; [P.has(new P()), over('o'), id(<number>5)!]",
    "[ true, 'o', 5 ]",
  ),
  probe(
    "export is left out",
    [
      "export const ex = 1; export { ex as other }; export type T = number; export default function named() { return ex }",
      "named()",
    ],
    "1",
  ),
  probe(
    "import = require and export import bind",
    "import fs = require('node:fs'); export import path = require('node:path'); typeof fs.statSync + path.sep",
    "'function/'",
  ),
  probe(
    "types are imported with and without `type`",
    "import { type Dirent, Stats, existsSync } from 'node:fs'; import type { Buffer as B } from 'node:buffer'; let s: Stats | Dirent | B | undefined; existsSync('/')",
    "true",
  ),
  probe(
    "labels, generators and destructuring defaults run",
    "function* gen() { yield* [1, 2] } outer: for (const a of gen()) for (;;) continue outer; const { p: { q: dq = 4 } = {}, ...others } = { z: 1 } as any; [...gen(), dq, others]",
    "[ 1, 2, 4, { z: 1 } ]",
  ),
  probe(
    "regular expressions have all flags of Node",
    "[/a(?<n>b)/ds.exec('ab')!.groups!.n, /[\\p{L}--[a-z]]/v.test('a')]",
    "[ 'b', false ]",
  ),
  probe("a directive is a string like any other", '"use strict"', "'use strict'"),
  probe("names may be of any script, also escaped", ["const π = 3, 变量 = 4, \\u{61}bc = 5", "π + 变量 + abc"], "12"),
  probe("a byte order mark and a hashbang are passed over", "\uFEFF#!/usr/bin/env node\n7", "7"),
  probe(
    "an HTML comment is an error with its name",
    "<!-- old\n5",
    /^SyntaxError: HTML comments are not allowed in modules\ncell-\d+\.ts:1:1/,
  ),
  probe(
    "return outside of a function is an error with its cure",
    "const a = 1;\nreturn a",
    /^SyntaxError: A 'return' statement .*: a cell is no function; its value is that of its last line\ncell-\d+\.ts:2:1/,
  ),
  probe(
    "JSX is an error with its cure, at its place",
    "const a = 1;\nconst e = (<b>{a}</b>);",
    /^SyntaxError: JSX is off: .*display\.html.*\ncell-\d+\.ts:2:12/,
  ),
  probe(
    "a name declared twice in one cell is an error at the second",
    "let a = 1;\nlet a = 2",
    /^SyntaxError: Identifier `a` has already been declared\ncell-\d+\.ts:2:5/,
  ),
  probe(
    "an assignment to no variable is an error",
    "nobodyDeclaredThis = 1",
    /^ReferenceError: nobodyDeclaredThis is not defined/,
  ),
  // Size
  probe(
    "lines may end as on Windows",
    "type A = 1;\r\n// two\r\nthrow new Error('third')",
    /^Error: third\ncell-\d+\.ts:3:7/,
  ),
  probe("a line may have a megabyte", `const big = "${"x".repeat(1_000_000)}"; big.length`, "1000000"),
  probe(
    "a cell may have ten thousand lines",
    `${Array.from({ length: 9_999 }, (_, i) => `const l${i}: number = ${i};`).join("\n")}\nthrow new Error("end")`,
    /^Error: end\ncell-\d+\.ts:10000:7/,
  ),
];

describe("semantic probes", () => {
  test.each(probes.map((each) => [each.title, each] as const))("%s", async (_, { cells, shown }) => {
    for (const cell of cells.slice(0, -1)) await session.run(cell);
    const last = await session.show(cells.at(-1)!);
    if (shown instanceof RegExp) expect(last).toMatch(shown);
    else expect(last).toBe(shown);
  });
});
