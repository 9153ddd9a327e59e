import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
export const python = join(root, ".venv", "bin", "python");

export interface Published {
  readonly type: string;
  /** msg_id of the request it belongs to */
  readonly parent: string | null;
  readonly content: Readonly<Record<string, unknown>>;
  /** what the schema of the messaging specification says against it */
  readonly invalid?: string;
}

export interface Answer {
  readonly id: string;
  readonly reply: Published | null;
  /** what was published for this request */
  readonly iopub: readonly Published[];
  readonly timeout?: true;
}

export type Channel = "shell" | "control";

/** A folder in which Jupyter finds our kernel and nothing else; removed by `remove`. */
export function installedKernel(): { readonly env: NodeJS.ProcessEnv; readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "dagbook-kernel-"));
  execFileSync(process.execPath, [join(root, "kernel/dist/bin/dagbook.js"), "install", "--prefix", folder]);
  const jupyter = join(folder, "share", "jupyter");
  const env = {
    ...process.env,
    JUPYTER_PATH: jupyter,
    JUPYTER_DATA_DIR: join(folder, "data"),
    JUPYTER_CONFIG_DIR: join(folder, "config"),
    JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
    IPYTHONDIR: join(folder, "ipython"),
  };
  return { env, folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** A kernel that runs under jupyter_client, in a process of its own. */
export class KernelClient {
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  private constructor(child: ChildProcess) {
    this.#process = child;
    this.#answers = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  }

  /** Process id of the client, which is the parent of the kernel. */
  get pid(): number {
    return this.#process.pid!;
  }

  static start(env: NodeJS.ProcessEnv, kernel = "dagbook"): KernelClient {
    const script = join(root, "test/support/kernel_client.py");
    return new KernelClient(spawn(python, [script, kernel], { env, stdio: ["pipe", "pipe", "inherit"] }));
  }

  /** Calls a method of the Python class. */
  async call<T>(method: string, args: object = {}): Promise<T> {
    this.#process.stdin?.write(`${JSON.stringify({ call: method, args })}\n`);
    const { value: line, done } = await this.#answers.next();
    if (done) throw new Error(`the client ended during ${method}`);
    const answer: { value: T; error?: string } = JSON.parse(line);
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error}`);
    return answer.value;
  }

  request(channel: Channel, type: string, content: object = {}): Promise<Answer> {
    return this.call("request", { channel, type, content });
  }

  execute(code: string, options: object = {}): Promise<Answer> {
    return this.request("shell", "execute_request", executeContent(code, options));
  }

  /** Starts a cell and does not wait for it. */
  send(code: string, options: object = {}): Promise<string> {
    return this.call("send", { channel: "shell", type: "execute_request", content: executeContent(code, options) });
  }

  collect(id: string): Promise<Answer> {
    return this.call("collect", { id });
  }

  /** Ends the kernel, if it still runs, and the client. */
  async stop(): Promise<void> {
    await this.call("stop");
    this.#process.stdin?.end();
    await once(this.#process, "exit");
  }

  /** Kills the client as a crash would. */
  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await once(this.#process, "exit");
  }
}

/** True while a process with this id exists. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function executeContent(code: string, options: object): object {
  const defaults = {
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true,
  };
  return { code, ...defaults, ...options };
}
