import { SessionClient } from "../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());
afterEach(() => session.answerWith({ value: "typed" }));

test("input asks the client of its cell and gives what was typed", async () => {
  const { outcome, outputs } = await session.run('"hello " + (await input("Your name? "))');
  expect(outcome).toMatchObject({ result: { "text/plain": "'hello typed'" } });
  expect(outputs).toEqual([{ type: "input", cell: `m${session.count}`, prompt: "Your name? ", password: false }]);
});

test("a password is asked for as one, and a question without a text has none", async () => {
  const { outputs } = await session.run('await input({ prompt: "Token: ", password: true }); await input(); prompt()');
  expect(outputs).toMatchObject([
    { prompt: "Token: ", password: true },
    { prompt: "", password: false },
    { prompt: "", password: false },
  ]);
});

test("prompt gives what was typed without an await, and its default for nothing", async () => {
  expect(await session.show('prompt("Your name? ")')).toBe("'typed'");
  await session.answerWith({ value: "" });
  expect(await session.show('prompt("Your name? ", "nobody")')).toBe("'nobody'");
  expect(await session.show('prompt("Your name? ")')).toBe("''");
});

test("without an answer input fails with the cure, and prompt gives null as in browsers", async () => {
  await session.answerWith({ refusal: "The client takes no input: run the cell in JupyterLab" });
  expect(await session.show('await input("?")')).toMatch(
    /^InputError: The client takes no input: run the cell in JupyterLab/,
  );
  expect(await session.show('prompt("?")')).toBe("null");
});

test("two questions of a cell are asked one after the other as it awaits them", async () => {
  const { outcome } = await session.run('[await input("a"), await input("b")].length');
  expect(outcome).toMatchObject({ result: { "text/plain": "2" } });
});

test("setNextInput puts text into a cell, below or in place of the one that runs", async () => {
  const { outputs } = await session.run(
    'import { setNextInput } from "dagbook"; setNextInput("const a = 1"); setNextInput("b", { replace: true })',
  );
  const payload = { source: "set_next_input", text: "const a = 1", replace: false };
  expect(outputs).toEqual([
    { type: "payload", cell: `m${session.count}`, payload },
    { type: "payload", cell: `m${session.count}`, payload: { ...payload, text: "b", replace: true } },
  ]);
  expect(await session.show("setNextInput(1)")).toMatch(/^ArgumentError: setNextInput got number: give the text/);
});

test("standard input of cells is at its end, however often it is read", async () => {
  const read = 'let text = ""; for await (const chunk of process.stdin) text += chunk; text';
  expect(await session.show(read)).toBe("''");
  expect(await session.show(read)).toBe("''");
  expect(await session.show("[process.stdin.isTTY, process.stdin.fd]")).toBe("[ false, 0 ]");
});

test("a reader of lines ends at once", async () => {
  const code = `import readline from "node:readline/promises";
const lines = readline.createInterface({ input: process.stdin });
let count = 0;
for await (const line of lines) count++;
count`;
  expect(await session.show(code)).toBe("0");
});
