import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { installedKernel, python } from "../support/kernel-client.js";

const installed = installedKernel();
afterAll(() => installed.remove());

/** Runs a Python script of test/support with JSON as its input; gives the JSON that it prints. */
async function runScript<T>(script: string, input: unknown): Promise<T> {
  const child = spawn(python, [join(import.meta.dirname, "../support", script), "dagbook"], {
    env: installed.env,
    stdio: ["pipe", "pipe", "inherit"],
    timeout: 90_000,
  });
  child.stdin.end(JSON.stringify(input));
  return JSON.parse(await text(child.stdout));
}

interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string;
  readonly ename?: string;
  readonly data?: Readonly<Record<string, string>>;
}

test("nbclient gets the 200 outputs of a cell in the order of its source, and runs the cell after an error", async () => {
  const code = Array.from({ length: 100 }, (_, i) =>
    i % 3 === 0 ? `console.log("line ${i}"); display(${i});` : `display(${i}); await null; console.error("line ${i}");`,
  );
  const wanted = Array.from({ length: 100 }, (_, i) =>
    i % 3 === 0 ? [`stdout line ${i}\n`, `display ${i}`] : [`display ${i}`, `stderr line ${i}\n`],
  ).flat();
  const [outputs, failed, after] = await runScript<Output[][]>("nbclient_order.py", [
    [code.join("\n"), []],
    ["throw new Error('no')", ["raises-exception"]],
    ["'still here'", []],
  ]);
  const seen = outputs?.map(({ name, text: printed, data }) =>
    data === undefined ? `${name} ${printed}` : `display ${data["text/plain"]}`,
  );
  expect(seen).toEqual(wanted);
  expect(wanted).toHaveLength(200);
  expect(failed).toMatchObject([{ output_type: "error", ename: "Error" }]);
  expect(after).toMatchObject([{ output_type: "execute_result", data: { "text/plain": "'still here'" } }]);
}, 100_000);

test("jupyter console: results, output, Stop, input and errors", async () => {
  const prompt = (n: number) => `[\\s\\S]*In \\[${n}\\]: `;
  const seen = await runScript<string[]>("console_session.py", [
    ["const a: number = 6", prompt(2)],
    ["a * 7", prompt(3)],
    ['console.log("looping"); while (true) {}', "looping"],
    ["^C", prompt(4)],
    ['const word = await input("word? ")', "word\\? "],
    ["blue", prompt(5)],
    ["word + a", prompt(6)],
    ["JSON.parse('{')", prompt(7)],
  ]);
  expect(seen).toHaveLength(8);
  expect(seen[1]).toContain("Out[2]: 42");
  expect(seen[3]).toContain("KeyboardInterrupt");
  expect(seen[6]).toContain("Out[5]: 'blue6'");
  expect(seen[7]).toContain("SyntaxError");
}, 100_000);
