import { jest } from "@jest/globals";
import {
  type Kernel,
  KernelManager,
  type KernelMessage,
  ServerConnection,
  type Session,
  SessionManager,
} from "@jupyterlab/services";
import WebSocket from "ws";
import { type JupyterServer, startJupyterServer } from "../support/jupyter-server.js";
import { isAlive } from "../support/kernel-client.js";

let server: JupyterServer;
let kernels: KernelManager;
let sessions: SessionManager;
let session: Session.ISessionConnection;
let kernel: Kernel.IKernelConnection;
let pid: number;

beforeAll(async () => {
  // The package tells every connection it makes or loses.
  jest.spyOn(console, "debug").mockImplementation(() => undefined);
  jest.spyOn(console, "warn").mockImplementation(() => undefined);
  server = await startJupyterServer();
  const serverSettings = ServerConnection.makeSettings({
    baseUrl: server.url,
    wsUrl: server.url.replace("http", "ws"),
    token: server.token,
    appendToken: true,
    fetch,
    Request,
    Headers,
    WebSocket,
  });
  kernels = new KernelManager({ serverSettings });
  sessions = new SessionManager({ kernelManager: kernels, serverSettings });
  const request = { name: "test", path: "test.ipynb", type: "notebook", kernel: { name: "dagbook" } };
  session = await sessions.startNew(request);
  kernel = session.kernel!;
  pid = Number(await resultOf("process.pid"));
});

afterAll(async () => {
  await session.shutdown();
  sessions.dispose();
  kernels.dispose();
  await server.stop();
  expect(isAlive(pid)).toBe(false);
});

test("the kernel is known to the server and says what it is", async () => {
  const info = await kernel.info;
  expect(info.language_info).toMatchObject({ name: "typescript", file_extension: ".ts" });
  expect((await kernel.spec)?.display_name).toBe("TypeScript (dagbook)");
});

test("cells share their names, print and show", async () => {
  await run("interface Point { x: number }; const origin: Point = { x: 3 }");
  const { reply, outputs } = await run('console.log("hi"); display("shown"); origin.x + 1');
  expect(reply.content.status).toBe("ok");
  expect(outputs.map(({ header }) => header.msg_type)).toEqual(["stream", "display_data", "execute_result"]);
  expect(outputs[0]?.content).toEqual({ name: "stdout", text: "hi\n" });
  expect(outputs[2]?.content).toMatchObject({ data: { "text/plain": "4" } });
});

test("the status follows the cells and is idle at the end", async () => {
  const states: string[] = [];
  const isIdle = new Promise<void>((resolve) => {
    kernel.statusChanged.connect((_sender, state) => {
      states.push(state);
      if (state === "idle") resolve();
    });
  });
  await run("await new Promise((done) => setTimeout(done, 50))");
  await isIdle;
  expect(states).toEqual(["busy", "idle"]);
});

test("a comm of the front end is answered while a cell is busy, and the kernel still looks busy", async () => {
  const cell = kernel.requestExecute({ code: "const until = Date.now() + 1000; while (Date.now() < until);" });
  await new Promise<void>((resolve) => {
    cell.onIOPub = ({ header }) => {
      if (header.msg_type === "execute_input") resolve();
    };
  });
  const comm = kernel.createComm("dagbook.run");
  const answer = new Promise<KernelMessage.ICommMsgMsg>((resolve) => {
    comm.onMsg = resolve;
  });
  comm.open({});
  comm.send({ kind: "subscribe", run: "nothing" });
  expect((await answer).content.data).toEqual({ kind: "unknown", run: "nothing" });
  expect(kernel.status).toBe("busy");
  expect((await cell.done).content.status).toBe("ok");
  await comm.close().done;
});

test("a computation shows its run, whose tasks ran on other threads", async () => {
  const code = `const { threadId } = await import("node:worker_threads");
const where = delayed(async () => (await import("node:worker_threads")).threadId);
(await where().compute()) !== threadId`;
  const { outputs } = await run(code);
  const result = outputs.find(({ header }) => header.msg_type === "execute_result");
  expect(result?.content).toMatchObject({ data: { "text/plain": "true" } });
  const shown = outputs.find(({ header }) => header.msg_type === "display_data");
  expect(shown?.content).toMatchObject({ data: { "application/vnd.dagbook.run.v1+json": { v: 1 } } });
});

test("an interrupt stops a loop and keeps the state", async () => {
  await run("var before = 7");
  const cell = kernel.requestExecute({ code: "console.log(1); for (;;) {}" });
  await new Promise<void>((resolve) => {
    cell.onIOPub = ({ header }) => {
      if (header.msg_type === "stream") resolve();
    };
  });
  await kernel.interrupt();
  expect((await cell.done).content).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  expect(await resultOf("before")).toBe("7");
});

test("a restart forgets the state and leaves no old process", async () => {
  const old = pid;
  await run("var forgotten = 1");
  await kernel.restart();
  await kernel.info;
  expect(await resultOf("typeof forgotten")).toBe("'undefined'");
  pid = Number(await resultOf("process.pid"));
  expect([pid !== old, isAlive(old)]).toEqual([true, false]);
});

async function run(code: string) {
  const outputs: KernelMessage.IIOPubMessage[] = [];
  const cell = kernel.requestExecute({ code });
  cell.onIOPub = (message) => {
    if (message.header.msg_type !== "status" && message.header.msg_type !== "execute_input") outputs.push(message);
  };
  return { reply: await cell.done, outputs };
}

async function resultOf(code: string): Promise<unknown> {
  const { outputs } = await run(code);
  const result = outputs.find(({ header }) => header.msg_type === "execute_result");
  return (result?.content as KernelMessage.IExecuteResultMsg["content"] | undefined)?.data["text/plain"];
}
