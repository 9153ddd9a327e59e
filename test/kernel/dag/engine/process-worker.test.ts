import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { promisify } from "node:util";
import { da } from "../../../../kernel/src/dag/array/index.js";
import { computeWith, persistWith, runWith } from "../../../../kernel/src/dag/compute.js";
import { delayed } from "../../../../kernel/src/dag/delayed.js";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";
import { get } from "../../../../kernel/src/dag/get.js";
import { ref, task } from "../../../../kernel/src/dag/graph/index.js";
import { arena } from "../../../../kernel/src/dag/memory/arena.js";
import { captureStreams, keptOf } from "../../../support/engines.js";

let engine: ThreadEngine;
let folder: string;
let streams: ReturnType<typeof captureStreams>;
beforeAll(() => {
  engine = new ThreadEngine({ workers: 2, pool: "processes" });
});
afterAll(() => engine.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dagbook-test-"));
  streams = captureStreams();
});
afterEach(async () => {
  streams.restore();
  rmSync(folder, { recursive: true });
  // A run may be over before a process that was killed has ended.
  while (arena().used > 0) await setImmediate();
});

/** Notes its process, says so, and never ends; a later try ends at once. */
const loopOnce = delayed(
  (file: string) => {
    const fs = process.getBuiltinModule("node:fs");
    fs.appendFileSync(file, `${process.pid}\n`);
    const tries = fs.readFileSync(file, "utf8").split("\n").length - 1;
    if (tries > 1) return tries;
    process.stdout.write("looping\n");
    for (;;);
  },
  { name: "loopOnce" },
);
const lastLine = (file: string): number => Number(readFileSync(file, "utf8").trim().split("\n").at(-1));

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("tasks run in processes of their own", async () => {
  const pid = delayed(() => process.pid)();
  const [own] = await computeWith({ engine }, pid);
  expect(own).not.toBe(process.pid);
  expect(await computeWith({ engine: engine, workers: 1 }, pid)).toEqual([expect.any(Number)]);
});

test("a task whose process is killed runs again in another one, and no other task is lost", async () => {
  const file = join(folder, "pids");
  const others = Array.from({ length: 50 }, (_, i) => delayed((x: number) => x + 1)(i));
  const run = await runWith({ engine, retries: 1 }, loopOnce(file), ...others);
  for await (const event of run.events) {
    if (event.type === "output") process.kill(lastLine(file), "SIGKILL");
  }
  expect(await run.value).toEqual([2, ...Array.from({ length: 50 }, (_, i) => i + 1)]);
  expect(await computeWith({ engine }, delayed(() => 7)())).toEqual([7]);
});

test("blames the very task that killed its process, among hundreds of its batch", async () => {
  const step = (i: number): number => {
    if (i === 237) process.kill(process.pid, "SIGKILL");
    return i;
  };
  const graph = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`t${i}`, task(step, i)]));
  await expect(get(graph, Object.keys(graph), { engine, workers: 1 })).rejects.toMatchObject({
    name: "WorkerError",
    message: expect.stringContaining("its process was ended by SIGKILL"),
    facts: { key: "t237" },
  });
});

test("a task that is killed together with its inputs runs again after them, once", async () => {
  const file = join(folder, "calls");
  const step = (path: string, i: number, before: number): number => {
    const fs = process.getBuiltinModule("node:fs");
    if (i === 237 && !fs.existsSync(path)) {
      fs.writeFileSync(path, "");
      process.kill(process.pid, "SIGKILL");
    }
    return before + 1;
  };
  const graph = Object.fromEntries(
    Array.from({ length: 400 }, (_, i) => [`t${i}`, task(step, file, i, i === 0 ? 0 : ref(`t${i - 1}`))]),
  );
  const run = { engine, workers: 1, retries: 1, optimize: false };
  expect(await get(graph, ["t236", "t237", "t399"], run)).toEqual([237, 238, 400]);
});

test("loses no array, and no task but one, when processes are killed at work on arrays", async () => {
  const file = join(folder, "kills");
  const [kept] = await persistWith({ engine }, da.ones([4_000], { chunks: 500 }).add(1));
  const kill = (path: string, value: number): number => {
    const fs = process.getBuiltinModule("node:fs");
    fs.appendFileSync(path, ".");
    if (fs.readFileSync(path, "utf8").length < 4) process.kill(process.pid, "SIGKILL");
    return value;
  };
  const killed = delayed(kill)(file, kept.sum());
  expect(await computeWith({ engine, retries: 5 }, killed, kept.add(1).sum())).toEqual([8_000, 12_000]);
  engine.release(keptOf(kept));
});

test("a process that ends between runs is replaced", async () => {
  const pid = delayed(() => process.pid);
  const options = { engine, workers: 1 };
  const [first] = await computeWith(options, pid());
  process.kill(first as number, "SIGKILL");
  // The next run may come before or after the engine knows; both end well.
  const tries = await Promise.allSettled([computeWith({ ...options, retries: 1 }, pid())]);
  const [second] = await computeWith(options, pid());
  expect(tries[0]!.status).toBe("fulfilled");
  expect(second).not.toBe(first);
});

test("a process whose thread ends between tasks is replaced by one that gets the functions again", async () => {
  const options = { engine, workers: 1 };
  const add = delayed((x: number) => x + 1);
  const leave = delayed((x: number) => {
    process.getBuiltinModule("node:timers").setTimeout(() => process.exit(0), 1);
    return x;
  });
  const pid = delayed(() => process.pid);
  const [first] = await computeWith(options, pid(), leave(1));
  // Until it is gone: runs before, during and after its end all end well.
  for (let now = first; now === first; ) {
    const [sum, place] = await computeWith({ ...options, retries: 1 }, add(1), pid());
    expect(sum).toBe(2);
    now = place as number;
  }
});

test("stops an infinite loop by ending its process", async () => {
  const file = join(folder, "pids");
  const run = await runWith({ engine }, loopOnce(file));
  for await (const event of run.events) if (event.type === "output") run.cancel("enough");
  await expect(run.value).rejects.toMatchObject({ name: "CancelledError" });
  // Until the system has let it go.
  while (isAlive(lastLine(file))) await setImmediate();
  expect(await computeWith({ engine }, delayed(() => 7)())).toEqual([7]);
});

test("what a task does to its process ends with it: the working directory, globals, exit", async () => {
  const exit = delayed(() => process.exit(3));
  await expect(computeWith({ engine }, exit())).rejects.toMatchObject({
    name: "WorkerError",
    message: expect.stringContaining("worker exited with code: 3"),
  });
  const thrown = delayed(async () => {
    process.getBuiltinModule("node:timers").setImmediate(() => {
      throw new RangeError("left behind");
    });
    await new Promise(() => undefined);
  });
  await expect(computeWith({ engine }, thrown())).rejects.toThrow("left behind");
});

test("refuses what only threads share, and names them: an argument, something captured, a result", async () => {
  const shared = new SharedArrayBuffer(8);
  const length = (buffer: { byteLength: number }): number => buffer.byteLength;
  const text = /holds something that only threads can share or clone .* engine: "threads"/;
  await expect(computeWith({ engine }, delayed(length)(shared as never))).rejects.toThrow(text);
  await expect(computeWith({ engine }, delayed(() => shared.byteLength)())).rejects.toThrow(text);
  await expect(computeWith({ engine }, delayed(() => new SharedArrayBuffer(4))())).rejects.toThrow(text);
  await expect(
    computeWith(
      { engine },
      delayed(() => {
        throw Object.assign(new Error("why"), { shared: new SharedArrayBuffer(4) });
      })(),
    ),
  ).rejects.toThrow("why");
});

test("results that one kind of worker keeps are there for the other", async () => {
  const both = new ThreadEngine({ workers: 1 });
  const graphOf = async (pool: "threads" | "processes"): Promise<unknown> => {
    const [kept] = await persistWith({ engine: pool === "threads" ? both : inProcesses }, da.ones([10], { chunks: 4 }));
    const total = await computeWith({ engine: pool === "threads" ? inProcesses : both }, kept.sum());
    both.release(keptOf(kept));
    return total[0];
  };
  const inProcesses = Object.create(both, {
    start: {
      value: (request: Parameters<ThreadEngine["start"]>[0]) =>
        both.start({ ...request, options: { ...request.options, pool: "processes" } }),
    },
  }) as ThreadEngine;
  expect([await graphOf("threads"), await graphOf("processes")]).toEqual([10, 10]);
  await both.close();
});

describe("a script", () => {
  const url = new URL("../../../../kernel/dist/index.js", import.meta.url).href;
  const script = (body: string): string[] => [
    "--input-type=module",
    "--eval",
    `const { computeWith, delayed } = await import("${url}"); ${body}`,
  ];

  test("an idle engine does not keep its process alive", async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      script('process.stdout.write(String(await computeWith({ engine: "processes" }, delayed(() => 6 * 7)())));'),
      { timeout: 20_000 },
    );
    expect(stdout).toBe("42");
  });

  test("processes start with the environment and the folder of their parent", async () => {
    const body = `
      process.env.DAGBOOK_TEST_VALUE = "as it was";
      process.chdir(${JSON.stringify(folder)});
      const seen = delayed(() => [process.env.DAGBOOK_TEST_VALUE, process.cwd()]);
      process.stdout.write(JSON.stringify(await computeWith({ engine: "processes" }, seen())));`;
    const { stdout } = await promisify(execFile)(process.execPath, script(body), { timeout: 20_000 });
    expect(JSON.parse(stdout)).toEqual([["as it was", realpathSync(folder)]]);
  });

  test("a parent that is killed takes its processes along, busy ones too", async () => {
    const body =
      'await computeWith({ engine: "processes", workers: 2 }, ...[1, 2].map(() => delayed(() => { process.stderr.write("busy\\n"); for (;;); })()));';
    const parent: ChildProcess = spawn(process.execPath, script(body), { stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    for await (const chunk of parent.stderr!) {
      text += String(chunk);
      if (text.split("busy").length > 2) break;
    }
    parent.stdout!.resume();
    parent.kill("SIGKILL");
    // Its processes write where it wrote: the stream ends with the last of them.
    await once(parent.stdout!, "close");
    expect(text).toContain("busy\nbusy\n");
  });
});

test("a task that is killed with each of its processes is given up by an error that tells no memory of the parent", async () => {
  const die = delayed(
    (): void => {
      process.kill(process.pid, "SIGKILL");
      for (;;);
    },
    { name: "die" },
  );
  const error = (await computeWith({ engine }, die()).catch((thrown: unknown) => thrown)) as Error;
  expect(error).toMatchObject({ name: "WorkerError", facts: { deaths: 4 } });
  expect(error.message).toMatch(/ended by SIGKILL\)\. Beside it ran nothing\. .* killed from outside/);
  expect(error.message).not.toContain("held");
});
