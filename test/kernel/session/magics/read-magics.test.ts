import { readMagics } from "../../../../kernel/src/session/magics/read-magics.js";

function kinds(cell: string): readonly unknown[] {
  return readMagics(cell).magics.map(({ kind, start, end }) => [kind, cell.slice(start, end)]);
}

test("a cell without magics stays as it is", () => {
  const cell = "const a = 1 % 2;\nconst b = a ? !a : 3";
  expect(readMagics(cell)).toEqual({ code: cell, script: cell, magics: [] });
});

test("commands, shell lines and help are found where a statement may begin", () => {
  const cell = "%env A=1\nconst a = 1\n  !ls -la | wc -l\nif (a) {\n  %cd ..\n}\na.b[0]?\n??a\na??";
  expect(readMagics(cell).magics).toMatchObject([
    { kind: "command", name: "env", text: "A=1" },
    { kind: "shell", text: "ls -la | wc -l" },
    { kind: "command", name: "cd", text: ".." },
    { kind: "help", text: "a.b[0]", detail: 0 },
    { kind: "help", text: "a", detail: 1 },
    { kind: "help", text: "a", detail: 1 },
  ]);
});

test.each([
  ["const text = `\n%env A\n!ls\nvalue?\n`"],
  ["/*\n%env A\n!ls\nvalue?\n*/"],
  ["const rest = 7\n% b"],
  ["const rest = 7\n%b"],
  ["const rest = [\n  !done,\n  7\n  %b\n]"],
  ["f(\n!done\n)"],
  ["a\n!= b"],
  ["!!a"],
  ["const a = flag?\n1 : 2"],
  ["const a = b\n?c\n:d"],
  ["flag?\n a : b"],
  ["a\n?.b"],
  ["a??\nb"],
  ["interface A {\n  b?\n}"],
  ["class A {\n  b?\n  c = 1\n}"],
  ["x %= 3"],
])("%j is TypeScript", (cell) => {
  expect(kinds(cell)).toEqual([]);
  expect(readMagics(cell).code).toBe(cell);
});

test("a known name right behind the % is a magic also where a remainder could go on", () => {
  expect(kinds("const a = 1\n%who")).toEqual([["command", "%who"]]);
  expect(kinds("const a = 1\n%env A")).toEqual([["command", "%env A"]]);
});

test("magics are found before and after a mistake, and while the cell is being typed", () => {
  expect(kinds("!ls\nconst = 3\n")).toEqual([["shell", "!ls"]]);
  expect(kinds("!ls\nfor (const a of b) {")).toEqual([["shell", "!ls"]]);
  expect(kinds("%unknown thing")).toEqual([["command", "%unknown thing"]]);
});

test("a backslash continues a command of the shell", () => {
  const cell = "!ls \\\n  -la\nlet a";
  expect(readMagics(cell)).toMatchObject({
    magics: [{ kind: "shell", text: "ls    -la" }],
    code: ";    \n     \nlet a",
  });
  expect(readMagics(cell).script.split("\n")).toHaveLength(3);
});

test("all places stay, and the expression of %time stays code", () => {
  const cell = "let a = 1\n%time f(a)\n  !ls {a}\nlet b";
  const { code, script } = readMagics(cell);
  expect(code).toBe("let a = 1\n;     f(a)\n  ;      \nlet b");
  expect(script).toBe(
    'let a = 1\n{await __dagbook__.time(()=>(f(a)))}\n  {await __dagbook__.shell(["ls ",{text:"{a}",value:()=>(a)}])}\nlet b',
  );
});

test("%time of an await waits", () => {
  expect(readMagics("%timeit await f()").script).toBe("{await __dagbook__.timeit(async()=>(await f()))}");
});

test("a cell magic takes the whole cell", () => {
  expect(readMagics("\n%%bash -x\nif [ 1 ]; then\nfi")).toMatchObject({ magics: [{ kind: "cell", name: "bash" }] });
});

test("a question mark before a million blanks is looked at once", () => {
  const cell = `const a = b ?${" ".repeat(1_000_000)}c : d\nb?${" ".repeat(1_000_000)}.c`;
  expect(readMagics(cell).magics).toEqual([]);
});
