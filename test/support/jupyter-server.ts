import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { freePort } from "./free-port.js";
import { installedKernel, python } from "./kernel-client.js";

/** A jupyter_server on loopback with our kernel, folders of its own and a token. */
export interface JupyterServer {
  /** address with a slash at its end */
  readonly url: string;
  readonly token: string;
  /** Ends the server and, through it, every kernel. */
  stop(): Promise<void>;
}

/** Starts a server and waits until it answers. */
export async function startJupyterServer(): Promise<JupyterServer> {
  const installed = installedKernel();
  const token = randomUUID();
  const port = await freePort();
  const options = {
    "ServerApp.port": port,
    "ServerApp.port_retries": 0,
    "ServerApp.ip": "127.0.0.1",
    "ServerApp.open_browser": "False",
    "ServerApp.allow_root": "True",
    "ServerApp.root_dir": installed.folder,
    "IdentityProvider.token": token,
  };
  const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const server = spawn(python, ["-m", "jupyter_server", ...args], { env: installed.env, stdio: "ignore" });
  const url = `http://127.0.0.1:${port}/`;
  await answers(server, `${url}api`);
  const stop = async () => {
    server.kill("SIGTERM");
    if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
    installed.remove();
  };
  return { url, token, stop };
}

async function answers(server: ChildProcess, url: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (server.exitCode !== null) throw new Error(`jupyter_server ended with code ${server.exitCode}`);
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  server.kill("SIGKILL");
  throw new Error(`${url} does not answer`);
}
