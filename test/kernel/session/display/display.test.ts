import { type Output, SessionClient } from "../../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

async function displayed(code: string): Promise<readonly (Output & { type: "display" })[]> {
  return (await session.run(code)).outputs.filter((output) => output.type === "display");
}
async function data(code: string): Promise<readonly unknown[]> {
  return (await displayed(code)).map((output) => output.data);
}
async function result(code: string): Promise<unknown> {
  const { outcome } = await session.run(code);
  return outcome.status === "ok" ? outcome.result : outcome;
}

test.each([
  ["null", "null"],
  ['"it\'s"', '"it\'s"'],
  ["10n ** 20n", "100000000000000000000n"],
  ["new Map([[1, { a: 2 }]])", "Map(1) { 1 => { a: 2 } }"],
  ["(function named() {})", "[Function: named]"],
  ["Symbol('s')", "Symbol(s)"],
  ["new Float32Array([0.5, 1])", "Float32Array(2) [ 0.5, 1 ]"],
])("%s is shown as Node prints it", async (code, text) => {
  expect(await result(code)).toEqual({ "text/plain": text });
});

test("a handle or a display that is the last expression gives no result", async () => {
  expect(await result("display(1)")).toBe(undefined);
  expect(await result("({ [Symbol.for('Jupyter.display')]() { return {} } })")).toBe(undefined);
});

test("an object shows itself by its Jupyter.display method, also a slow one", async () => {
  const shown = { "text/html": "<i>hi</i>", "text/plain": "[Chart]" };
  await session.run(`class Chart {
    constructor(private wait = false) {}
    [Symbol.for("Jupyter.display")]() {
      const bundle = { "text/html": "<i>hi</i>" };
      return this.wait ? new Promise((done) => setTimeout(done, 5, bundle)) : bundle;
    }
  }`);
  expect(await result("new Chart()")).toEqual(shown);
  expect(await result("new Chart(true)")).toEqual(shown);
  expect(await data("display(new Chart(true)); display(2)")).toEqual([{ "text/plain": "2" }, shown]);
});

test("a display method that fails leaves the error on stderr and the value as text", async () => {
  const cell = 'const broken = { a: 1, [Symbol.for("Jupyter.display")]() { throw new Error("broken display") } };';
  const { outcome, outputs } = await session.run(`${cell} display(broken); broken`);
  const text = "{ a: 1, [Symbol(Jupyter.display)]: [Function: [Jupyter.display]] }";
  expect(outcome).toEqual({ status: "ok", result: { "text/plain": text } });
  expect(outputs.map((output) => (output.type === "stream" ? output.name : output.type))).toEqual([
    "stderr",
    "display",
    "stderr",
  ]);
});

test("helpers show text of one kind", async () => {
  const cell = `display.html("<b>"); display.markdown("**b**"); display.svg("<svg/>"); display.latex("$x$");
    display.json({ a: new Date(0), b: new Float64Array([1, 2]), c: 3n });
    display.vegalite({ mark: "bar" })`;
  expect(await data(cell)).toEqual([
    { "text/html": "<b>", "text/plain": "<b>" },
    { "text/markdown": "**b**", "text/plain": "**b**" },
    { "image/svg+xml": "<svg/>", "text/plain": "<svg/>" },
    { "text/latex": "$x$", "text/plain": "$x$" },
    { "application/json": { a: "1970-01-01T00:00:00.000Z", b: [1, 2], c: 3 }, "text/plain": "[application/json]" },
    {
      "application/vnd.vegalite.v5+json": { mark: "bar" },
      "text/plain": "[application/vnd.vegalite.v5+json]",
    },
  ]);
});

test("a raw bundle is shown as it is, bytes of images in base64", async () => {
  const cell =
    'display({ "image/png": new Uint8Array([1, 2, 3]), "text/plain": "dots" }, { raw: true, metadata: { a: 1 } })';
  expect(await displayed(cell)).toMatchObject([
    { data: { "image/png": "AQID", "text/plain": "dots" }, metadata: { a: 1 } },
  ]);
  expect(await session.show('display("text", { raw: true })')).toMatch(
    /^ArgumentError: .*give an object of MIME types/,
  );
});

test("metadata is sent as JSON has it, and refused where it has none", async () => {
  expect(await displayed("display(1, { metadata: { big: 1n, none: () => 1 } })")).toMatchObject([
    { metadata: { big: 1 } },
  ]);
  const ring = "const ring = { a: 1 }; ring.ring = ring; display(1, { metadata: ring })";
  expect(await session.show(ring)).toMatch(/^ArgumentError: The metadata cannot be written as JSON/);
});

test("a display with an id is updated in place, in the order asked for", async () => {
  const cell = `const slow = { [Symbol.for("Jupyter.display")]: async () => ({ "text/plain": "slow" }) };
    const bar = display(slow, { displayId: "bar" }); bar.update("half"); bar.update("all")`;
  expect(await displayed(cell)).toMatchObject([
    { displayId: "bar", update: false, data: { "text/plain": "slow" } },
    { displayId: "bar", update: true, data: { "text/plain": "'half'" } },
    { displayId: "bar", update: true, data: { "text/plain": "'all'" } },
  ]);
});

test("clearOutput clears at once or with the next output", async () => {
  const cell = `m${session.count + 1}`;
  expect((await session.run("clearOutput(); clearOutput(true)")).outputs).toEqual([
    { type: "clear", cell, wait: false },
    { type: "clear", cell, wait: true },
  ]);
});

test("a list of records is a table beside its text", async () => {
  expect(await result('[{ a: 1, b: "<x>" }, { a: 2, get c() { return 1 } }]')).toEqual({
    "text/plain": "[ { a: 1, b: '<x>' }, { a: 2, c: [Getter] } ]",
    "text/html":
      "<table><thead><tr><th></th><th>a</th><th>b</th><th>c</th></tr></thead><tbody>" +
      "<tr><th>0</th><td>1</td><td>&#60;x&#62;</td><td></td></tr>" +
      "<tr><th>1</th><td>2</td><td></td><td>[getter]</td></tr></tbody></table>",
  });
});

test("a hostile value is shown somehow", async () => {
  const hostile = [
    "new Proxy({}, { get() { throw 1 }, ownKeys() { throw 2 }, getOwnPropertyDescriptor() { throw 3 } })",
    "({ get [Symbol.toStringTag]() { throw 1 } })",
    "({ [Symbol.for('nodejs.util.inspect.custom')]() { throw 1 } })",
    "[new Proxy([], { get() { throw 1 } })]",
    "Object.create({ get constructor() { throw 1 } })",
  ];
  for (const code of hostile) {
    expect(await result(code)).toMatchObject({ "text/plain": expect.any(String) });
    expect((await displayed(`display(${code})`)).length).toBe(1);
  }
});

test("console.table prints a table of text", async () => {
  const printed = await session.printed('console.table([{ a: 1, b: "x" }, { a: 2, b: "é" }])');
  expect(printed.split("\n").map((line) => line.match(/[^\s┌┬┐├┼┤└┴┘─│]+/g) ?? [])).toEqual([
    [],
    ["(index)", "a", "b"],
    [],
    ["0", "1", "'x'"],
    ["1", "2", "'é'"],
    [],
    [],
  ]);
});
