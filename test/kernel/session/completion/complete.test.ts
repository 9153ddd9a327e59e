import { complete } from "../../../../kernel/src/session/completion/complete.js";
import { marked } from "./marked.js";

let touched = 0;
const touch = () => {
  touched += 1;
  return touched;
};

class Base {
  get loud() {
    return touch();
  }
  inherited() {}
}
class Table extends Base {
  rows = [{ label: "a" }];
  _hidden = 1;
  get first() {
    touch();
    return this.rows;
  }
}

const values: Record<string, unknown> = {
  tableOne: new Table(),
  tableTwo: 2,
  trap: new Proxy(
    { inner: { deep: 1 } },
    { get: touch, ownKeys: () => [String(touch())], getPrototypeOf: touch as never },
  ),
  heir: Object.create(new Proxy({ far: 1 }, { ownKeys: () => [String(touch())] }), { near: { value: 1 } }),
  byName: { "two words": 1, plain: { inner: 1 }, 'quo"te': 1, "back\\slash": 1 },
  ages: new Map<unknown, unknown>([
    ["anna", 1],
    ["otto", 2],
    [3, 4],
  ]),
  words: new Set(["one", "other"]),
  found: /(?<year>\d+)/.exec("in 1999"),
  longText: "x".repeat(20_000),
  longList: new Array(20_000),
  bytes: new Uint8Array(20_000),
  wide: Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`key${index}`, index])),
  𝒳: { math: 1 },
  Späti: { öffnet: 1 },
};
const source = { names: () => Object.keys(values), loadedModule: () => undefined };
const { completion, texts, chosen } = marked(source);
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

test("variables of cells, of this cell, keywords and Node's names complete a name", () => {
  expect(texts("table")).toEqual(["tableOne", "tableTwo"]);
  expect(texts("const tableau = 1; tabl")).toEqual(["tableau", "tableOne", "tableTwo"]);
  expect(texts("cons")).toEqual(["const", "console"]);
  expect(texts("isolat|; function isolated() {}")).toEqual(["isolated"]);
  expect(texts("function* stepped() {}\nstep")).toEqual(["stepped"]);
  expect(texts("interface Row {}\nconst a: Ro")).toEqual(["Row"]);
  expect(texts("Spä")).toEqual(["Späti"]);
});

test.each([
  ["tableO", "tableOne", "instance"],
  ["const", "constructor", undefined],
  ["whi", "while", "keyword"],
  ["structuredC", "structuredClone", "function"],
  ["Prom", "Promise", "class"],
  ["class Mine {}\nMin", "Mine", "class"],
  ["tableOne.inh", "inherited", "method"],
  ["tableOne.ro", "rows", "property"],
  ["tableOne.fir", "first", "property"],
  ["globalThis.Prom", "Promise", "class"],
])("after %j the entry %s has the type %s", (code, text, type) => {
  const entry = completion(code).entries.find((candidate) => candidate.text === text);
  expect(entry).toEqual(type && { text, type });
});

test.each([
  ["tableOne.ro", ["rows"]],
  ["tableOne.rows[0].la", ["label"]],
  ["tableOne.rows?.[0]?.la", ["label"]],
  ["tableOne['rows'][0].la", ["label"]],
  ["f(tableOne!.rows?.le", ["length"]],
  ["[...tableOne.ro", ["rows"]],
  ["await tableOne.ro", ["rows"]],
  ["x = !tableOne\n  .ro", ["rows"]],
  ["tableOne /* why */ . // so\n ro", ["rows"]],
  ["a ? tableOne.ro", ["rows"]],
  ["`$" + "{tableOne.ro", ["rows"]],
  ["`$" + "{{a: 1}} $" + "{tableOne.ro", ["rows"]],
  ["`a $" + "{1} b`; tableOne.ro", ["rows"]],
  ["x = /['`]/g; tableOne.ro", ["rows"]],
  ["x = 4 / 2; y = 'a/b'; tableOne.ro", ["rows"]],
  ["'it\\'s'; tableOne.ro", ["rows"]],
  ['"never closed\ntableOne.ro', ["rows"]],
  ["found.gr", ["groups"]],
  ["Späti.öff", ["öffnet"]],
  ["process.versions.nod", ["node"]],
  ["%time tableOne.ro", ["rows"]],
  ["?tableOne.ro", ["rows"]],
  ["!echo it's\ntableOne.ro", ["rows"]],
  ["!echo `\ntableOne.ro", ["rows"]],
  ["tableOne.rows[0].label.", expect.arrayContaining(["length", "trim"])],
  ["longText.trimS", ["trimStart"]],
  ["longList.le", ["length"]],
  ["bytes.subarr", ["subarray"]],
  ["heir.", ["near"]],
])("%j completes to a property", (code, expected) => {
  expect(texts(code)).toEqual(expected);
});

test("own properties stand as written, then those of the prototypes, internal ones last", () => {
  expect(texts("tableOne.").slice(0, 4)).toEqual(["rows", "first", "inherited", "loud"]);
  expect(texts("tableOne.")).not.toContain("__proto__");
  expect(texts("tableOne.").indexOf("_hidden")).toBeGreaterThan(texts("tableOne.").indexOf("toString"));
});

test.each([
  ["tableOne.first."],
  ["tableOne.loud."],
  ["trap."],
  ["trap.inner."],
  ["trap['"],
  ["trap.get('"],
  ["f()."],
  ["f().rows."],
  ["tableOne[i]."],
  ["(a + b)."],
  ["missing."],
  ["1."],
  ["1.5"],
  ["'a'."],
  ["super."],
  ["class A { m() { this."],
  ["null."],
])("%j has no answer, and nothing of the user's runs for it", (code) => {
  expect(texts(code)).toEqual([]);
});

test.each([
  [""],
  ["a + "],
  ["// tab"],
  ["/* tab"],
  ["'tab"],
  ["`tab"],
  ["x = /tab"],
  ["x = /[/]tab"],
  ["`$" + "{a} tab"],
  ["const tab"],
  ["function tab"],
  ["class Tab"],
  ["type Tab"],
  ["tableOne"],
  ["tableOne?"],
  ["%%tab"],
  ["%lsmagic?"],
])("after %j nothing is proposed", (code) => {
  expect(texts(code)).toEqual([]);
});

test("only the name at the cursor is replaced, to its end, in code points", () => {
  expect(completion('const 𝒵 = "💥"; tableOne.ro')).toEqual({
    entries: [{ text: "rows", type: "property" }],
    cursorStart: 24,
    cursorEnd: 26,
  });
  expect(completion('"💥"; 𝒳.ma|xx + 1')).toEqual({
    entries: [{ text: "math", type: "property" }],
    cursorStart: 7,
    cursorEnd: 11,
  });
  expect(chosen("tableOne.ro|ck + 1")).toBe("tableOne.rows + 1");
  expect(chosen("ta|bl = 1")).toBe("tableOne = 1");
  expect(complete("tableOne.ro", 99, source)).toMatchObject({ cursorStart: 9, cursorEnd: 11 });
});

test("keys in brackets and in get, has, set and delete complete a string", () => {
  expect(texts("byName['")).toEqual(["two words", "plain"]);
  expect(chosen('byName["two|"]')).toBe('byName["two words"]');
  expect(texts("byName?.['pl")).toEqual(["plain"]);
  expect(texts("byName['plain'].in")).toEqual(["inner"]);
  expect(texts("ages.get('")).toEqual(["anna", "otto"]);
  expect(texts("ages?.has('ot")).toEqual(["otto"]);
  expect(texts("words.delete('o")).toEqual(["one", "other"]);
  for (const code of [
    "tableOne.rows['",
    "longText['",
    "const list = ['",
    "f('",
    "get('",
    "byName.get('",
    "byName['\\",
  ]) {
    expect([code, texts(code)]).toEqual([code, []]);
  }
});

test("a dictionary of many keys gives at most a thousand", () => {
  expect(texts("wide.").filter((text) => text.startsWith("key"))).toHaveLength(1000);
  expect(texts("wide['key1999")).toHaveLength(10);
});
