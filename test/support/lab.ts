import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { freePort } from "./free-port.js";
import { type CellSource, notebookOf } from "./notebook-file.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const ARTEFACTS = join(root, "test", "artefacts");

/** A JupyterLab server of its own, with our extension and kernel, and one browser page on it. */
export interface Lab {
  readonly page: Page;
  /** address of the server, without a slash at its end */
  readonly url: string;
  /** folder that the server shows */
  readonly folder: string;
  /** errors of our extension that nobody caught */
  readonly pageErrors: readonly string[];
  /** Writes a notebook into the folder. */
  write(name: string, kernel: string, cells: readonly CellSource[]): void;
  /** Ends every kernel: those of tests that are over would slow down the next ones. */
  endKernels(): Promise<void>;
  /** Ends browser, server and every kernel. */
  close(): Promise<void>;
}

/** Starts server and browser; nothing of the user's own Jupyter or browser is read or written. */
export async function startLab(viewport = { width: 1280, height: 900 }): Promise<Lab> {
  const home = mkdtempSync(join(tmpdir(), "dagbook-lab-"));
  const folder = join(home, "notebooks");
  mkdirSync(folder);
  await install(join(home, "prefix"));
  const port = await freePort();
  const server = startServer(home, folder, port);
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    await server.stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const url = `http://127.0.0.1:${port}`;
    await server.ready(url);
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args: FLAGS });
    const page = await browser.newPage({ viewport });
    page.setDefaultTimeout(20_000);
    const pageErrors: string[] = [];
    page.on("pageerror", ({ message, stack }) => {
      if (stack?.includes("dagbook-labextension")) pageErrors.push(message);
    });
    const write = (name: string, kernel: string, cells: readonly CellSource[]) =>
      writeFileSync(join(folder, name), JSON.stringify(notebookOf(kernel, cells)));
    const endKernels = async () => {
      const sessions = (await (await fetch(`${url}/api/sessions`)).json()) as readonly { id: string }[];
      await Promise.all(sessions.map(({ id }) => fetch(`${url}/api/sessions/${id}`, { method: "DELETE" })));
    };
    return { page, url, folder, pageErrors, write, endKernels, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Saves a picture of the page, or of one element, where people can look at it: test/artefacts. */
export async function screenshot(page: Page, name: string, selector?: string): Promise<void> {
  mkdirSync(ARTEFACTS, { recursive: true });
  const path = join(ARTEFACTS, `${name}.png`);
  if (selector) await page.locator(selector).first().screenshot({ path });
  else await page.screenshot({ path });
}

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Kernelspec by our own installer, the extension as it was built. */
async function install(prefix: string): Promise<void> {
  const extensions = join(prefix, "share", "jupyter", "labextensions");
  mkdirSync(extensions, { recursive: true });
  const installer = join(root, "kernel", "dist", "bin", "dagbook.js");
  if (existsSync(installer)) await run(process.execPath, [installer, "install", "--engine", "all", "--prefix", prefix]);
  const place = join(extensions, "dagbook-labextension");
  if (!existsSync(place)) symlinkSync(join(root, "extension", "labextension"), place);
  cpSync(join(root, "test", "support", "fake_run.py"), join(prefix, "..", "notebooks", "fake_run.py"));
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}`);
}

function startServer(home: string, folder: string, port: number) {
  const config = join(home, "config");
  mkdirSync(join(config, "labconfig"), { recursive: true });
  const quiet = { disabledExtensions: { "@jupyterlab/apputils-extension:announcements": true } };
  writeFileSync(join(config, "labconfig", "page_config.json"), JSON.stringify(quiet));
  const options = [
    "--no-browser",
    "--allow-root",
    `--port=${port}`,
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port_retries=0",
    "--ServerApp.password=",
    "--IdentityProvider.token=",
    "--ServerApp.disable_check_xsrf=True",
    `--ServerApp.root_dir=${folder}`,
    "--LabApp.expose_app_in_browser=True",
    "--JupyterNotebookApp.expose_app_in_browser=True",
    "--LabApp.extension_manager=readonly",
    "--ServerApp.log_level=WARN",
  ];
  const child = spawn(join(root, ".venv", "bin", "jupyter"), ["lab", ...options], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
    // Its own process group: whatever it started can be ended with it.
    detached: true,
    env: {
      ...process.env,
      JUPYTER_PATH: join(home, "prefix", "share", "jupyter"),
      JUPYTER_CONFIG_DIR: config,
      JUPYTER_DATA_DIR: join(home, "data"),
      JUPYTER_RUNTIME_DIR: join(home, "runtime"),
      IPYTHONDIR: join(home, "ipython"),
    },
  });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log = (log + text).slice(-4000);
  });
  const ended = once(child, "close");
  return {
    async ready(url: string): Promise<void> {
      const deadline = Date.now() + 40_000;
      while (Date.now() < deadline && child.exitCode === null) {
        const answer = await fetch(`${url}/api/status`).catch(() => undefined);
        if (answer?.ok) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`JupyterLab did not start:\n${log}`);
    },
    async stop(): Promise<void> {
      // SIGTERM ends kernels too; what is left after 8 seconds is ended by force.
      child.kill("SIGTERM");
      const timer = setTimeout(() => endGroup(child.pid), 8000);
      await ended;
      clearTimeout(timer);
      endGroup(child.pid);
    },
  };
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // The group is empty: everything has ended by itself.
  }
}
