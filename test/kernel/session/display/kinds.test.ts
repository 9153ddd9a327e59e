import { display } from "../../../../kernel/src/session/display/display.js";
import { setDisplayTarget } from "../../../../kernel/src/session/display/display-target.js";
import type { DisplayContent } from "../../../../kernel/src/session/session.js";

let shown: DisplayContent[] = [];
const warnings: unknown[] = [];
beforeAll(() =>
  setDisplayTarget({
    show: (content) => shown.push(content),
    clear: () => undefined,
    waitFor: () => undefined,
    warn: (error) => warnings.push(error),
  }),
);
afterAll(() => setDisplayTarget(undefined));
beforeEach(() => {
  shown = [];
});

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2]);
const pngText = Buffer.from(png).toString("base64");
const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);

test("text of a kind is shown as that kind and as text", () => {
  display.html("<b>");
  display.javascript("alert(1)", { displayId: "one", metadata: { a: 1 } });
  expect(shown).toEqual([
    { data: { "text/html": "<b>", "text/plain": "<b>" }, metadata: {}, displayId: expect.any(String), update: false },
    {
      data: { "application/javascript": "alert(1)", "text/plain": "alert(1)" },
      metadata: { a: 1 },
      displayId: "one",
      update: false,
    },
  ]);
});

test("the text of a long page is cut, the page is not", () => {
  const page = "x".repeat(50_000_000);
  display.html(page);
  expect(shown[0]?.data["text/html"]).toBe(page);
  expect(String(shown[0]?.data["text/plain"]).length).toBe(20_000);
});

test("they are tags too; LaTeX takes backslashes as they are", () => {
  const name = "x";
  display.html`<b>\t${name}</b>${1}`;
  display.latex`$\frac{${name}}{2}$`;
  display.markdown`**${name}**`;
  expect(shown.map(({ data }) => Object.values(data)[0])).toEqual(["<b>\tx</b>1", "$\\frac{x}{2}$", "**x**"]);
});

test("a picture is shown from bytes, a part of them, base64 and a data URL, with a size if asked for", () => {
  const padded = new Uint8Array([7, ...png, 7]);
  display.png(png, { width: 300, metadata: { a: 1 } });
  display.png(padded.subarray(1, -1));
  display.png(padded.buffer.slice(1, -1));
  display.png(`data:image/png;base64,${pngText.slice(0, 4)}\n${pngText.slice(4)}`, { height: 20 });
  display.jpeg(jpeg);
  const data = { "image/png": pngText, "text/plain": "[image/png of 10 B]" };
  expect(shown.map((content) => [content.data, content.metadata])).toEqual([
    [data, { a: 1, "image/png": { width: 300 } }],
    [data, {}],
    [data, {}],
    [data, { "image/png": { height: 20 } }],
    [{ "image/jpeg": "/9j/4A==", "text/plain": "[image/jpeg of 4 B]" }, {}],
  ]);
});

test("what is shown is what it was at the call", () => {
  const bytes = Uint8Array.from(png);
  const spec = { mark: "bar", data: { values: [1] } };
  display.png(bytes);
  display({ "image/png": bytes, "application/x": bytes.buffer }, { raw: true });
  display.vegalite(spec);
  display.json(spec);
  bytes.fill(0);
  spec.data.values[0] = 2;
  const copy = { mark: "bar", data: { values: [1] } };
  expect(shown.map(({ data }) => data)).toEqual([
    { "image/png": pngText, "text/plain": "[image/png of 10 B]" },
    { "image/png": pngText, "application/x": pngText },
    { "application/vnd.vegalite.v5+json": copy, "text/plain": "[application/vnd.vegalite.v5+json]" },
    { "application/json": copy, "text/plain": "[application/json]" },
  ]);
});

test("a specification with 50 MB of rows is shown whole", () => {
  const values = Array.from({ length: 100_000 }, (_, a) => ({ a, b: a / 3, name: `row ${a}`.padEnd(500) }));
  display.vegalite({ mark: "point", data: { values } });
  const text = JSON.stringify(shown[0]?.data["application/vnd.vegalite.v5+json"]);
  expect(text.length).toBeGreaterThan(50_000_000);
  // jest would take seconds to compare them.
  expect(text === JSON.stringify({ mark: "point", data: { values } })).toBe(true);
});

const circle: Record<string, unknown> = {};
circle.self = circle;
test.each<[string, () => unknown, string]>([
  ["html of a number", () => display.html(5 as never), 'display.html got 5: give text, as display.html("<b>hi</b>")'],
  ["html of an object", () => display.html({ a: 1 } as never), "display.html got { a: 1 }: give text"],
  ["svg without an element", () => display.svg("chart.svg"), 'display.svg got "chart.svg": give display.svg(\'<svg'],
  ["a path for a picture", () => display.png("chart.png"), 'display.png got "chart.png", which is no base64: give'],
  ["a JPEG as PNG", () => display.png(jpeg), "display.png got data that begins with ffd8ffe0 (hex), which is no PNG"],
  ["no bytes", () => display.jpeg(new Uint8Array()), "display.jpeg got nothing, which is no JPEG file"],
  ["a promise of bytes", () => display.png(Promise.resolve(png) as never), "await fs.promises.readFile"],
  ["undefined as JSON", () => display.json(undefined), "display.json got undefined, which JSON does not have"],
  ["JSON in a circle", () => display.json(circle), "which JSON cannot hold (Converting circular structure to JSON)"],
  ["text for a specification", () => display.vegalite('{"mark":"bar"}' as never), "JSON.parse of its text"],
  ["rows for a specification", () => display.vegalite([{ a: 1 }]), "display.vegalite got [ [Object] ]: give a spec"],
  [
    "a specification of Vega",
    () => display.vegalite({ $schema: "https://vega.github.io/schema/vega/v5.json" }),
    '{ "application/vnd.vega.v5+json": spec }',
  ],
  ["a wrong option", () => display(1, { displayID: "a" } as never), 'did you mean "displayId"?'],
  ["options that are none", () => display.html("a", 5 as never), "the options of display.html must be an object"],
  ["a wrong width", () => display.png(png, { width: "3" as never }), "display.png: width must be a number of pixels"],
  ["a raw list", () => display([1], { raw: true }), "give an object of MIME types and contents"],
])("%s is refused with what was given and the cure", (_, call, message) => {
  expect(call).toThrow(expect.objectContaining({ name: "ArgumentError", message: expect.stringContaining(message) }));
  expect(shown).toEqual([]);
});

function thenable(then: (done: (bundle: object) => void, reject: (error: Error) => void) => void): object {
  return { then };
}
const own = Symbol.for("Jupyter.display");
test.each<[string, object, object]>([
  ["undefined", { a: 1, [own]: () => undefined }, { "text/plain": expect.stringContaining("a: 1") }],
  ["a text", { a: 1, [own]: () => "text" }, { "text/plain": expect.stringContaining("a: 1") }],
  ["a list", { a: 1, [own]: () => ["<b>"] }, { "text/plain": expect.stringContaining("a: 1") }],
  [
    "an entry that is undefined",
    { [own]: () => ({ "text/html": undefined, "text/plain": "t" }) },
    { "text/plain": "t" },
  ],
  ["an object for text", { [own]: () => ({ "text/plain": { a: 1 } }) }, { "text/plain": "{ a: 1 }" }],
  [
    "an object for a type of its own",
    { [own]: () => ({ "application/x": { a: [1n] }, "text/plain": "t" }) },
    { "application/x": { a: [1] }, "text/plain": "t" },
  ],
  ["no method", { a: 1, [own]: "text" }, { "text/plain": expect.stringContaining("a: 1") }],
])("a Jupyter.display that gives %s is shown all the same", (_, value, data) => {
  display(value);
  expect(shown.map((content) => content.data)).toEqual([data]);
  expect(warnings).toEqual([]);
});

test.each<[string, () => unknown]>([
  ["throws", () => JSON.parse("{")],
  ["gives JSON in a circle", () => ({ "application/json": circle })],
  ["rejects", () => Promise.reject(new SyntaxError("late"))],
  ["gives a thenable that rejects", () => thenable((_, reject) => reject(new Error("no")))],
])("a Jupyter.display that %s warns, and the value is shown as text", async (_, method) => {
  display({ a: 1, [own]: method });
  await new Promise(setImmediate);
  expect(shown.map(({ data }) => data)).toEqual([{ "text/plain": expect.stringContaining("a: 1") }]);
  expect(warnings.splice(0)).toEqual([expect.objectContaining({ message: expect.any(String) })]);
});

test("a Jupyter.display may give a thenable of another library", async () => {
  display({ [own]: () => thenable((done) => done({ "text/plain": "late" })) });
  await new Promise(setImmediate);
  expect(shown.map(({ data }) => data)).toEqual([{ "text/plain": "late" }]);
});
