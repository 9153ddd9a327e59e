import { readFileSync } from "node:fs";
import { join } from "node:path";
import { installedKernel, KernelClient, type Published } from "../support/kernel-client.js";

let installed: ReturnType<typeof installedKernel>;
let kernel: KernelClient;
let log: string;

beforeAll(async () => {
  installed = installedKernel();
  log = join(installed.folder, "kernel.log");
  kernel = KernelClient.start({ ...installed.env, FORCE_COLOR: undefined, NO_COLOR: undefined });
  await kernel.call("start", { log });
  await kernel.execute('import fs from "node:fs"; import { execSync, spawn } from "node:child_process"');
});

afterAll(async () => {
  await kernel.stop();
  installed.remove();
});

test("children with inherited streams and the cell itself print in the order of the calls", async () => {
  const { iopub } = await kernel.execute(
    'console.log("a"); execSync("echo b; echo c >&2", { stdio: "inherit" }); console.log("d")',
  );
  expect(streamsOf(iopub)).toEqual([
    ["stdout", "a\nb\n"],
    ["stderr", "c\n"],
    ["stdout", "d\n"],
  ]);
});

test("what a child prints arrives complete and before idle", async () => {
  const { reply, iopub } = await kernel.execute('execSync("seq 1 2000", { stdio: "inherit" })');
  expect(reply?.content.status).toBe("ok");
  expect(textOf(iopub)).toBe(lines(2000, (i) => String(i + 1)));
  expect(iopub.at(-1)?.content).toEqual({ execution_state: "idle" });
});

test("a flood of 1,000,000 lines of a child arrives complete", async () => {
  const { iopub } = await kernel.execute('execSync("yes | head -n 1000000", { stdio: "inherit" })');
  expect(textOf(iopub) === "y\n".repeat(1e6)).toBe(true);
});

test.each([
  ["fs.writeSync", 'fs.writeSync(1, "b" + i + "\\n")'],
  ["printf of C", 'printf("b%d\\n", "int", i)'],
])("lines of console.log and of %s stay in order", async (_what, write) => {
  const printf = 'var printf = (await import("koffi")).default.load(null).func("int printf(const char *, ...)")';
  const { iopub } = await kernel.execute(
    `${printf}; for (let i = 0; i < 2000; i++) { console.log("a" + i); ${write} }`,
  );
  expect(textOf(iopub)).toBe(lines(2000, (i) => `a${i}\nb${i}`));
});

test("what native code prints without a line end is output of its cell", async () => {
  const { id, iopub } = await kernel.execute('printf("no line end")');
  expect(iopub.filter(({ type }) => type === "stream")).toMatchObject([
    { parent: id, content: { name: "stdout", text: "no line end" } },
  ]);
});

test("a letter whose bytes come apart is one letter", async () => {
  const cell = `
    const [first, second] = Buffer.from("é");
    fs.writeSync(1, Buffer.of(first));
    await new Promise((done) => setTimeout(done, 100));
    fs.writeSync(1, Buffer.of(second))`;
  expect(textOf((await kernel.execute(cell)).iopub)).toBe("é");
});

test("a child that a cell leaves running prints as late output of the cell", async () => {
  const { id } = await kernel.execute('spawn("sh", ["-c", "sleep 0.2; echo late"], { stdio: "inherit" }); 0');
  const published = await kernel.call<Published[]>("await_published", { type: "stream" });
  expect(published).toMatchObject([{ type: "stream", parent: id, content: { name: "stdout", text: "late\n" } }]);
});

test("a child that a task starts on a worker prints in the cell of the task", async () => {
  const cell = `
    const task = delayed(async () => {
      (await import("node:child_process")).execSync("echo from a task", { stdio: "inherit" });
    });
    await task().compute()`;
  expect(textOf((await kernel.execute(cell)).iopub)).toBe("from a task\n");
});

test("children have an empty standard input", async () => {
  const { iopub } = await kernel.execute('execSync("cat", { stdio: "inherit" }); String(execSync("cat"))');
  expect(resultOf(iopub)).toBe("''");
});

test("children get no descriptors of the kernel and no colours", async () => {
  const { iopub } = await kernel.execute('String(execSync("ls /proc/self/fd; test -t 1 || echo no terminal"))');
  // The last one is the folder that ls reads.
  expect(resultOf(iopub)).toBe("'0\\n1\\n2\\n3\\nno terminal\\n'");
});

test("a cell writes to streams without a terminal, width or colours", async () => {
  const { iopub } = await kernel.execute(`
    const { isTTY, columns, writable, fd } = process.stdout;
    console.log(isTTY, columns, writable, fd, process.stdout.hasColors(), null)`);
  expect(textOf(iopub)).toBe("false undefined true 1 false null\n");
});

test("bytes are printed as they were at the time of the write", async () => {
  const { iopub } = await kernel.execute(
    'const bytes = Buffer.from("old\\n"); process.stdout.write(bytes); bytes.fill("x"); 0',
  );
  expect(textOf(iopub)).toBe("old\n");
});

test("bytes are shown as they were at the time of the display", async () => {
  const { iopub } = await kernel.execute(
    'const shown = Buffer.from([1, 2, 3]); display({ "image/png": shown }, { raw: true }); shown.fill(9); 0',
  );
  const data = iopub.find(({ type }) => type === "display_data")?.content.data;
  expect(data).toEqual({ "image/png": "AQID" });
});

test("a cell cannot end the streams, and whoever waits for their end hears of it", async () => {
  const { reply, iopub } = await kernel.execute(`
    import { Readable } from "node:stream";
    import { pipeline } from "node:stream/promises";
    await pipeline(Readable.from(["piped\\n"]), process.stdout);
    await new Promise((done) => process.stdout.end("ended\\n", "utf8", done));
    process.stdout.destroy();
    console.log("goes on")`);
  expect(reply?.content.status).toBe("ok");
  expect(textOf(iopub)).toBe("piped\nended\ngoes on\n");
  expect(textOf((await kernel.execute('console.log("next cell")')).iopub)).toBe("next cell\n");
});

test("a line of 20 MB arrives whole", async () => {
  const { iopub } = await kernel.execute('console.log("x".repeat(20e6))');
  expect(textOf(iopub) === `${"x".repeat(20e6)}\n`).toBe(true);
});

test("a display of 100 MB arrives whole", async () => {
  const { iopub } = await kernel.execute('display({ "text/html": "y".repeat(100e6) }, { raw: true }); 0');
  const data = iopub.find(({ type }) => type === "display_data")?.content.data as { "text/html": string };
  expect(data["text/html"] === "y".repeat(100e6)).toBe(true);
});

test("output of timers and promises goes to the cell that started them, also while another one runs", async () => {
  const first = await kernel.execute(`
    setTimeout(() => console.log("timer of the first"), 100);
    new Promise((done) => setTimeout(done, 100)).then(() => console.error("promise of the first")); 0`);
  const second = await kernel.execute('await new Promise((done) => setTimeout(done, 300)); console.log("second")');
  expect(streamsOf(second.iopub)).toEqual([["stdout", "second\n"]]);
  const late = await kernel.call<Published[]>("await_published", { type: "stream", count: 2 });
  expect(late.map(({ parent, content }) => [parent, content.text])).toEqual([
    [first.id, "timer of the first\n"],
    [first.id, "promise of the first\n"],
  ]);
});

test("a client that reads nothing holds up neither the kernel nor other clients", async () => {
  await kernel.call("subscribe_and_sleep");
  const { reply, iopub } = await kernel.execute('for (let i = 0; i < 100; i++) console.log("z".repeat(200_000))');
  expect(reply?.content.status).toBe("ok");
  expect(textOf(iopub) === `${"z".repeat(200_000)}\n`.repeat(100)).toBe(true);
});

test("the kernel's own log and the report of a crash go to the log of the server, not into cells", async () => {
  await kernel.call("send", { channel: "shell", type: "unheard_of_request", content: {} });
  const { iopub } = await kernel.execute('console.log("before")');
  expect(textOf(iopub)).toBe("before\n");
  await kernel.send("process.abort()");
  expect(await kernel.call("exit_code")).toBe(-6);
  expect(readFileSync(log, "utf8")).toContain("unheard_of_request");
  expect(readFileSync(log, "utf8")).toContain("Native stack trace");
});

/** Name and text of the streams, parts that follow each other joined. */
function streamsOf(iopub: readonly Published[]): [unknown, string][] {
  const streams: [unknown, string][] = [];
  for (const { type, content } of iopub) {
    if (type !== "stream") continue;
    const last = streams.at(-1);
    if (last !== undefined && last[0] === content.name) last[1] += content.text;
    else streams.push([content.name, String(content.text)]);
  }
  return streams;
}

function textOf(iopub: readonly Published[]): string {
  return streamsOf(iopub)
    .map(([, text]) => text)
    .join("");
}

function resultOf(iopub: readonly Published[]): unknown {
  const result = iopub.find(({ type }) => type === "execute_result");
  return (result?.content.data as Record<string, unknown> | undefined)?.["text/plain"];
}

function lines(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => `${line(i)}\n`).join("");
}
