import { installedKernel, isAlive, KernelClient, type Published } from "../support/kernel-client.js";

const RUN = "application/vnd.dagbook.run.v1+json";
let installed: ReturnType<typeof installedKernel>;
let kernel: KernelClient;

beforeAll(async () => {
  installed = installedKernel();
  kernel = KernelClient.start(installed.env);
  await kernel.call("start");
  await kernel.execute(`
    var where = delayed(() => [process.pid, process.getBuiltinModule("node:worker_threads").threadId]);
    var say = delayed((text) => { console.log(text); return text.length; });
    var loop = delayed(() => { console.log("looping"); for (;;); });`);
});

afterAll(async () => {
  await kernel.stop();
  installed.remove();
});

async function run(code: string): Promise<{ text: string; streams: string; pictures: number }> {
  const { iopub, reply } = await kernel.execute(code);
  if (reply?.content.status !== "ok") throw new Error(JSON.stringify(reply?.content));
  const of = (...types: string[]): Published[] => iopub.filter(({ type }) => types.includes(type));
  const plain = of("execute_result").map(({ content }) => (content.data as Record<string, string>)["text/plain"]);
  return {
    text: plain.join(""),
    streams: of("stream")
      .map(({ content }) => String(content.text))
      .join(""),
    pictures: of("display_data", "update_display_data").filter(({ content }) => RUN in (content.data as object)).length,
  };
}

test("in a kernel, processes are other processes, threads other threads, and sync is the cell's own", async () => {
  const code = `
    const here = process.pid;
    const [processes, threads, sync] = await Promise.all(
      ["processes", "threads", "sync"].map((engine) => where().compute({ engine })));
    [processes[0] !== here, threads[0] === here && threads[1] > 0, sync[0] === here && sync[1] === 0].join()`;
  expect((await run(code)).text).toBe("'true,true,true'");
});

test.each(["threads", "processes", "sync"])(
  "%s: the cell shows the run, and once what its tasks print",
  async (engine) => {
    const { text, streams, pictures } = await run(`await say("said by ${engine}").compute({ engine: "${engine}" })`);
    expect(text).toBe(String(`said by ${engine}`.length));
    expect(streams).toBe(`said by ${engine}\n`);
    expect(pictures).toBeGreaterThan(0);
  },
);

test("the picture of a sync run is final and stands before the result, however short the cell is", async () => {
  for (let time = 0; time < 20; time++) {
    const { iopub } = await kernel.execute('await delayed(() => 7)().compute({ engine: "sync" })');
    const shown = iopub.filter(({ type }) => type.startsWith("display_data") || type === "execute_result");
    expect(shown.map(({ type }) => type)).toEqual(["display_data", "execute_result"]);
    const pictures = iopub.filter(({ content }) => RUN in ((content.data as object | undefined) ?? {}));
    expect(pictures.at(-1)?.content.data).toMatchObject({ [RUN]: { state: "finished" } });
  }
}, 60_000);

test("arrays and kept results are for threads and processes", async () => {
  const code = `
    const kept = await da.ones([1000], { chunks: 300 }).persist({ engine: "processes" });
    [await kept.sum().compute(), await kept.add(1).sum().compute({ engine: "processes" })].join()`;
  expect((await run(code)).text).toBe("'1000,2000'");
});

test("Stop ends a loop in a process, and the others go on for later cells", async () => {
  const id = await kernel.send('await loop().compute({ engine: "processes" })');
  await kernel.call("await_published", { type: "stream" });
  await kernel.call("interrupt");
  const answer = await kernel.collect(id);
  expect(answer.reply?.content).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  expect((await run('(await where().compute({ engine: "processes" })).length')).text).toBe("2");
});

test("a typing error in the name of an engine is explained", async () => {
  const { reply } = await kernel.execute('await where().compute({ engine: "process" })');
  expect(reply?.content).toMatchObject({
    ename: "ArgumentError",
    evalue:
      'compute: engine must be "threads", "processes", "sync" or an engine and is \'process\': did you mean "processes"?',
  });
});

test("no process outlives its kernel", async () => {
  const { text } = await run('(await where().compute({ engine: "processes" }))[0]');
  const pid = Number(text);
  expect(isAlive(pid)).toBe(true);
  await kernel.stop();
  while (isAlive(pid)) await new Promise((resolve) => setImmediate(resolve));
  kernel = KernelClient.start(installed.env);
  await kernel.call("start");
});
