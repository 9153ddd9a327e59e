import { da } from "../../../../kernel/src/dag/array/index.js";
import { delayed } from "../../../../kernel/src/dag/delayed.js";
import { inspect } from "../../../../kernel/src/session/inspection/inspect.js";

let touched = 0;
const touch = () => {
  touched += 1;
  return touched;
};
class Table {
  rows = [{ label: "a" }];
  get first() {
    return touch();
  }
  /** never seen: a value does not keep its comments */
  describe(words: readonly string[], options = {}) {
    return [words, options];
  }
}
const inc = delayed((x: number) => x + 1);
const values: Record<string, unknown> = {
  add: (a: number, b = 2) => a + b,
  size: 3,
  table: new Table(),
  Table,
  byName: { "two words": [1, 2, 3] },
  trap: new Proxy({}, { get: touch, getPrototypeOf: touch as never }),
  inc,
  lazy: inc(inc(1)),
  array: da.ones([4, 6], { chunks: 2 }),
};
const cells = [
  "// of another name\nlet sizes = 1, $size = 2, size$ = 3",
  "// of the newest\nlet size: number = 3",
  "/**\n * Adds two numbers.\n * @param b how much\n */\nexport const add = (a: number, b = 2): number => a + b;",
  "// of the oldest\nlet size = 2",
];

beforeAll(() => {
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
});
// jest looks at all that a test leaves on its global object.
afterAll(() => {
  for (const name of Object.keys(values)) Reflect.deleteProperty(globalThis, name);
});
afterEach(() => expect(touched).toBe(0));

/** `|` stands for the cursor; without one it is at the end. */
function inspected(marked: string, detail = 0, mime = "text/plain"): unknown {
  const [before = "", after = ""] = marked.split("|");
  const found = inspect(before + after, [...before].length, detail, cells);
  return found.found ? found.data[mime] : undefined;
}

test("a function has its head with types and the comment above it, from the newest cell that declares it", () => {
  const text = "add: function\n\nconst add = (a: number, b = 2): number\n\nAdds two numbers.\n@param b how much";
  expect(inspected("add(1, |2)")).toBe(text);
  expect(inspected("x = a|dd")).toBe(text);
  expect(inspected("add", 1)).toBe(`${text}\n\nexport const add = (a: number, b = 2): number => a + b;`);
  expect(inspected("// mine\nfunction add(c: string) {}\nadd")).toBe(
    "add: function\n\nfunction add(c: string)\n\nmine",
  );
});

test("Markdown has the code in blocks and the comment as text", () => {
  expect(inspected("add", 0, "text/markdown")).toBe(
    "**add**: function\n\n```ts\nconst add = (a: number, b = 2): number\n```\n\nAdds two numbers.\n\n@param b how much",
  );
  expect(inspected('byName["two words"]', 0, "text/markdown")).toBe(
    '**byName\\["two words"\\]**: Array of 3 items\n\n```text\n[1, 2, 3]\n```',
  );
});

test("a variable has its kind, its type if the cell says one, the comment above it and its content", () => {
  expect(inspected("size")).toBe("size: number\n\nlet size: number\n\nof the newest\n\n3");
  expect(inspected("table")).toBe('table: Table\n\nTable { rows: [{ label: "a" }] }');
  expect(inspected("table.rows[0].label")).toBe('table.rows[0].label: string of 1 character\n\n"a"');
});

test("a method and a function of Node have the head that their source has", () => {
  expect(inspected("table.describe(")).toBe("table.describe: function\n\ndescribe(words, options = {})");
  expect(inspected("process.chdir(")).toMatch(/^process\.chdir: function\n\nfunction \w*\s?\(\w+\)$/);
  expect(inspected("parseInt(")).toBe("parseInt: function\n\nfunction parseInt() { [native code] }");
  expect(inspected("Table")).toMatch(/^Table: class\n\nclass Table/);
});

test("a lazy result has its number of tasks, an array its shape and chunks", () => {
  expect(inspected("inc")).toBe("inc: delayed function\n\n(x)");
  expect(inspected("lazy")).toMatch(/^lazy: Delayed\n\nDelayed\(.*\): 2 tasks, not computed yet$/);
  expect(inspected("array")).toMatch(
    /^array: ChunkedArray\n\nChunkedArray\n +array +chunk\n.*\nshape +4 x 6 +2 x 2\ncount +6 tasks +6 chunks\ndtype +float64$/,
  );
});

test("what is declared in the cell but has not run is known by its text", () => {
  expect(inspected("/** Later. */\nasync function* later<T>(a: T): AsyncGenerator<{ a: T }> { yield }\nlater(")).toBe(
    "later: declared in this cell, which has not run\n\nasync function* later<T>(a: T): AsyncGenerator<{ a: T }>\n\nLater.",
  );
  expect(inspected("class Early extends Base { constructor(private a = 1) { super() } }\nnew Early(")).toBe(
    "Early: declared in this cell, which has not run\n\nclass Early extends Base\n  constructor(private a = 1)",
  );
  expect(inspected("interface Row { a: 1 }\nlet b: Ro|w")).toContain("interface Row { a: 1 }");
});

test.each([["// add"], ["missing"], ["trap.inner"], ["table.first"], ["table.first.x"], ["1 + 1"], [""], ["f().x"]])(
  "%j is not found, and nothing of the user's runs for it",
  (code) => {
    expect(inspected(code)).toBe(undefined);
  },
);

test("a text of many blanks in a head is read at once", () => {
  const blanks = " ".repeat(50_000);
  expect(inspected(`function padded(text = "${blanks}") { return text }\npadded(`)).toContain("function padded(text =");
});

test("a proxy is known as such, nothing more", () => {
  expect(inspected("trap")).toBe("trap: Proxy\n\nProxy");
});
