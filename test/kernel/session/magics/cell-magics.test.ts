import { mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { SessionClient } from "../../../support/session-client.js";

const session = new SessionClient();
afterAll(() => session.close());

describe("%time and %timeit", () => {
  test("%time says how long an expression took and gives its value", async () => {
    const { outcome, outputs } = await session.run("%time 40 + 2");
    expect(outcome).toEqual({ status: "ok", result: { "text/plain": "42" } });
    expect(outputs).toMatchObject([
      {
        text: expect.stringMatching(
          /^Wall time: [\d.]+ (s|ms|µs|ns) \(CPU time of all threads: [\d.]+ (s|ms|µs|ns)\)\n$/,
        ),
      },
    ]);
  });

  test("%time awaits, and stands where other statements stand", async () => {
    const cell =
      'let late = ""\nif (true) {\n  %time late = await new Promise<string>((done) => setTimeout(done, 20, "late"))\n}\nlate';
    const { outcome, outputs } = await session.run(cell);
    expect(outcome).toMatchObject({ result: { "text/plain": "'late'" } });
    expect(outputs).toMatchObject([{ text: expect.stringMatching(/^Wall time: \d+(\.\d+)? ms/) }]);
  });

  test("an error in what is timed is that of the cell", async () => {
    expect(await session.show("%time nowhere()")).toMatch(/^ReferenceError: nowhere is not defined\ncell-\d+\.ts:1:/);
  });

  test("%timeit says how long one run takes, and gives no value", async () => {
    const { outcome, outputs } = await session.run("%timeit await new Promise((done) => setTimeout(done, 101))");
    expect(outcome).toEqual({ status: "ok", result: undefined });
    expect(outputs).toMatchObject([
      {
        text: expect.stringMatching(/^1\d\d ms ± [\d.]+ \S+ per loop \(mean ± std\. dev\. of 7 runs, 1 loop each\)\n$/),
      },
    ]);
  });

  test("without an expression both say what they need", async () => {
    expect(await session.show("%time")).toMatch(/^SyntaxError: %time needs an expression: %time rows.sort\(\)/);
    expect(await session.show("%timeit")).toMatch(/^SyntaxError: %timeit needs an expression/);
  });
});

describe("%env", () => {
  test("a variable is set, shown, and seen by children", async () => {
    expect(await session.printed("%env GREETING=hello there")).toBe("env: GREETING=hello there\n");
    expect(await session.printed("%env GREETING")).toBe("hello there\n");
    expect(await session.printed("%env SPACED two words")).toBe("env: SPACED=two words\n");
    expect(await session.printed('%env EMPTY=\nJSON.stringify(process.env.EMPTY)\n!echo "[$GREETING]"')).toBe(
      "env: EMPTY=\n[hello there]\n",
    );
  });

  test("tasks see a variable that is set after their workers have started", async () => {
    expect(await session.show('await compute(delayed(() => process.env.LATE ?? "unset")())')).toBe("[ 'unset' ]");
    expect(await session.show('%env LATE=set\nawait compute(delayed(() => process.env.LATE ?? "unset")())')).toBe(
      "[ 'set' ]",
    );
  });

  test("the list hides what looks like a secret", async () => {
    const listed = await session.printed("%env MY_API_KEY=abc123\n%env PLAIN=seen\n%env");
    expect(listed.split("\n")).toEqual(expect.arrayContaining(["MY_API_KEY=<hidden>", "PLAIN=seen"]));
    expect(listed.match(/abc123/g)).toHaveLength(1);
  });

  test("a variable that is not set is an error with what was meant", async () => {
    await session.run("%env GREETING=hello");
    expect(await session.show("%env GREETNG")).toMatch(
      /^ArgumentError: %env: no variable GREETNG is set: did you mean GREETING\? %env GREETNG=value sets it/,
    );
    expect(await session.show("%env =3")).toMatch(/^ArgumentError: %env got "=3": write %env NAME or %env NAME=value/);
  });
});

describe("%cd", () => {
  test("goes to a folder and back, and says where it is", async () => {
    mkdirSync(join(session.folder, "in here", "deeper"), { recursive: true });
    expect(await session.printed('%cd "in here"')).toBe(`${session.folder}/in here\n`);
    expect(await session.printed("%cd deeper\n%cd ..\n%pwd")).toBe(
      `${session.folder}/in here/deeper\n${session.folder}/in here\n${session.folder}/in here\n`,
    );
    expect(await session.printed(`%cd ${session.folder}`)).toBe(`${session.folder}\n`);
    expect(await session.printed("%cd -\n%cd -")).toBe(`${session.folder}/in here\n${session.folder}\n`);
    expect(await session.printed("%cd\n%cd ~")).toBe(`${homedir()}\n${homedir()}\n`);
    await session.run(`%cd ${session.folder}`);
  });

  test("files, imports and commands are looked up from there", async () => {
    mkdirSync(join(session.folder, "lib"), { recursive: true });
    writeFileSync(join(session.folder, "lib", "seven.mjs"), "export const seven = 7;\n");
    await session.run("%cd lib");
    expect(await session.show('import { seven } from "./seven.mjs"; seven')).toBe("7");
    expect(await session.show('import fs from "node:fs"; fs.existsSync("seven.mjs")')).toBe("true");
    expect(await session.printed("!ls")).toBe("seven.mjs\n");
    await session.run("%cd ..");
  });

  test("a folder that does not exist is an error, and one stays where one was", async () => {
    expect(await session.show("%cd nowhere")).toMatch(
      `ArgumentError: %cd: there is no folder ${session.folder}/nowhere: you are in ${session.folder}`,
    );
    expect(await session.printed("%pwd")).toBe(`${session.folder}\n`);
  });
});

describe("other magics", () => {
  test("%types tells the kernel what the checker shall do", async () => {
    const { outputs } = await session.run("%types strict\n%types\n%types warn");
    expect(outputs).toMatchObject([
      { type: "typesMode", mode: "strict" },
      { type: "stream", text: "types: strict\n" },
      { type: "typesMode", mode: "warn" },
    ]);
    expect(await session.show("%types sometimes")).toMatch(/^ArgumentError: %types got "sometimes": write %types off,/);
  });

  test("%who lists the names of cells, %lsmagic what there is", async () => {
    const before = (await session.printed("%who")).split(/\s+/);
    await session.run('import os, { platform } from "node:os"; const boat = 1; function row() {} const get = 2');
    const after = (await session.printed("%who")).split(/\s+/);
    expect(after.filter((name) => !before.includes(name)).sort()).toEqual(["boat", "get", "os", "platform", "row"]);
    expect(after).not.toContain("compute");
    expect(await session.printed("%lsmagic")).toMatch(/^%cd FOLDER:.*%who:.*!COMMAND:/s);
    expect(await session.printed("%help")).toBe(await session.printed("%lsmagic"));
  });

  test("value? gives the pager of the client a page, value?? more of it", async () => {
    await session.run("/** adds */ function add(a: number, b: number) { return a + b }");
    const page = async (code: string) => {
      const { outputs } = await session.run(code);
      const [output] = outputs;
      if (output?.type !== "payload" || output.payload.source !== "page") throw new Error(JSON.stringify(outputs));
      expect(output).toMatchObject({ cell: `m${session.count}`, payload: { start: 0 } });
      return String(output.payload.data["text/plain"]);
    };
    expect(await page("add?")).toContain("function add(a: number, b: number)");
    expect(await page("?add")).toContain("function add(a: number, b: number)");
    expect(await page("add??")).toContain("return a + b");
    expect(await page("%cd?")).toMatch(/^%cd FOLDER:/);
    const { outputs } = await session.run("nowhere?");
    // The types may know it; the session does not.
    expect(outputs).toMatchObject([{ type: "payload", payload: { source: "page", data: {}, of: "nowhere" } }]);
  });

  test.each([
    ["%timeti 1", /^SyntaxError: There is no %timeti here: did you mean %timeit\?/],
    ["%quux", /^SyntaxError: There is no %quux here: %lsmagic lists what there is/],
    ["%matplotlib inline", /^SyntaxError: There is no %matplotlib here: nothing is to be done/],
    ["%pip install numpy", /^SyntaxError: There is no %pip here: write !npm install NAME/],
    ["%%bash\nls", /^SyntaxError: There is no %%bash here: begin each line with ! instead/],
    ["%%quux\nls", /^SyntaxError: There is no %%quux here: write each command as a line of its own/],
  ])("%j is refused with what to write, and nothing of the cell runs", async (code, message) => {
    const cell = code.startsWith("%%") ? code : `console.log("ran");\n${code}`;
    const { outputs } = await session.run(cell);
    expect(outputs).toEqual([]);
    const shown = await session.show(cell);
    expect(shown).toMatch(message);
    expect(shown).toContain(`cell-${session.count}.ts:${code === cell ? 1 : 2}:1`);
  });
});
