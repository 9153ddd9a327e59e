/**
 * The type checker of TypeScript 7, a native process: everything the kernel uses of its unstable interface stands
 * in this folder.
 * @module
 */
import type { ChildProcess } from "node:child_process";
import type { API, Diagnostic, Project, Snapshot } from "@typescript/native/unstable/async";
import { DagbookError } from "../../../errors.js";
import { completionsAt, type NativeCompletion } from "./completions-at.js";
import { describeAt, type NativeDescription, type Origin } from "./describe-at.js";
import { launchOf } from "./launch-of.js";

/** What a server is started with. */
export interface ServerOptions {
  readonly folder: string;
  /** text of a file that is not on the disk; undefined: look there */
  readonly readFile: (path: string) => string | undefined;
  /** the native program; by default that of the package */
  readonly executable: string | undefined;
}

/** A finding about a file; positions in UTF-16 units. */
export interface NativeDiagnostic {
  readonly fileName: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly code: number;
  readonly severity: "error" | "warning" | "suggestion";
  readonly text: string;
  /** why, one level deeper */
  readonly chain: readonly NativeDiagnostic[];
  readonly related: readonly NativeDiagnostic[];
}

/** The process has this long for one question; whatever takes longer is stuck. */
const LIMIT_MS = 10_000;

/** A running checker. Questions are asked one after the other by the caller; all fail once the process has ended. */
export class NativeServer {
  readonly #api: API;
  readonly #process: ChildProcess;
  /** who waits for an answer: a race with one long promise would keep every answer as long as it */
  readonly #waiting = new Set<(error: Error) => void>();
  #project: string | undefined;
  #snapshot: Snapshot | undefined;
  #isStuck = false;
  #hasEnded = false;

  private constructor(api: API, child: ChildProcess) {
    this.#api = api;
    this.#process = child;
    child.once("exit", (code, signal) => {
      this.#hasEnded = true;
      this.#fail(`the type checker has ended (${signal ?? code}): it starts again when it is needed`);
    });
    letThreadEnd(child);
    letWritesFail(child);
  }

  /** @throws {Error} if the native program is missing or does not start */
  static async start({ folder, readFile, executable }: ServerOptions): Promise<NativeServer> {
    const { API } = await import("@typescript/native/unstable/async");
    const api = new API({ fs: { readFile }, ...launchOf(folder, executable) });
    return new NativeServer(api, await processOf(api));
  }

  get pid(): number | undefined {
    return this.#hasEnded ? undefined : this.#process.pid;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** It did not answer in time and was ended for that. */
  get isStuck(): boolean {
    return this.#isStuck;
  }

  /** Reads a project. @param path of its tsconfig */
  open(path: string): Promise<void> {
    this.#project = path;
    return this.ask(async () => {
      this.#snapshot = await this.#api.updateSnapshot({ openProjects: [path] });
    });
  }

  /** Lets the checker read files again; with "all" also those it looked for in vain. */
  update(changed: readonly string[] | "all"): Promise<void> {
    return this.ask(async () => {
      const before = this.#snapshot;
      const fileChanges = changed === "all" ? { invalidateAll: true as const } : { changed: [...changed] };
      this.#snapshot = await this.#api.updateSnapshot({ fileChanges });
      // Nobody waits for the old one to go.
      before?.dispose().catch(() => undefined);
    });
  }

  diagnostics(path: string): Promise<readonly NativeDiagnostic[]> {
    return this.ask(async () => (await this.#opened.program.getSemanticDiagnostics(path)).map(diagnosticOf));
  }

  /** Files of the program, those of TypeScript itself included. */
  fileNames(): Promise<readonly string[]> {
    return this.ask(() => this.#opened.program.getSourceFileNames());
  }

  /** Names that fit at a place; see `completionsAt`. */
  completions(path: string, position: number): Promise<readonly NativeCompletion[] | "names in scope" | undefined> {
    return this.ask(() => completionsAt(this.#opened, path, position));
  }

  /** What the name at a place is. @param origin where it was declared, if the checker sees only a copy there */
  describe(path: string, position: number, origin: Origin | undefined): Promise<NativeDescription | undefined> {
    return this.ask(() => describeAt(this.#opened, { path, position }, origin));
  }

  /** The options of a tsconfig, with those it extends. */
  options(path: string): Promise<Readonly<Record<string, unknown>>> {
    return this.ask(async () => (await this.#api.parseConfigFile(path)).options);
  }

  #fail(reason: string): void {
    for (const fail of this.#waiting) fail(new DagbookError(reason));
  }

  /** The project as of the last update. */
  get #opened(): Project {
    const project = this.#project === undefined ? undefined : this.#snapshot?.getProject(this.#project);
    if (project === undefined)
      throw new DagbookError(`the type checker has no project ${this.#project}: open it first`);
    return project;
  }

  /**
   * The answer to a question, if it comes in time; a process that does not answer is ended.
   * @throws {DagbookError} if the process ends before
   */
  async ask<T>(question: () => Promise<T>): Promise<T> {
    const late = setTimeout(() => {
      this.#isStuck = true;
      this.kill();
      this.#fail(`the type checker did not answer in ${LIMIT_MS / 1000} s: it was ended`);
    }, LIMIT_MS);
    let fail: (error: Error) => void = () => undefined;
    try {
      return await new Promise<T>((resolve, reject) => {
        fail = reject;
        this.#waiting.add(fail);
        question().then(resolve, reject);
        if (this.#hasEnded) reject(new DagbookError("the type checker has ended: it starts again when it is needed"));
      });
    } finally {
      clearTimeout(late);
      this.#waiting.delete(fail);
    }
  }

  /** Ends the process; it keeps nothing that would be lost. */
  kill(): void {
    this.#process.kill("SIGKILL");
  }
}

/** The process behind the interface, which does not show it; started here, so that one that hangs can be ended. */
async function processOf(api: API): Promise<ChildProcess> {
  const client: unknown = Reflect.get(api, "client");
  const connect: unknown = client && Reflect.get(Object(client), "connect");
  if (typeof connect !== "function")
    throw new DagbookError("TypeScript's API has no client.connect: use version 7.0.2");
  await Reflect.apply(connect, client, []);
  const child: unknown = Reflect.get(Object(client), "process");
  if (!isProcess(child)) throw new DagbookError("TypeScript's API has no client.process: use version 7.0.2");
  return child;
}

/** A thread that has nothing else to do may end, and its end closes the pipe, which ends the process. */
function letThreadEnd(child: ChildProcess): void {
  child.unref();
  for (const pipe of [child.stdin, child.stdout]) {
    const unref: unknown = pipe && Reflect.get(pipe, "unref");
    if (typeof unref === "function") Reflect.apply(unref, pipe, []);
  }
}

/**
 * The package throws where nobody can catch it when it writes to a process that has ended: in a kernel that would
 * be the end of everything. Whoever asks is told when it ends.
 */
function letWritesFail({ stdin }: ChildProcess): void {
  if (!stdin) return;
  // What was on its way when the process ended.
  stdin.on("error", () => undefined);
  const write = stdin.write.bind(stdin);
  stdin.write = (chunk: string | Uint8Array, ...rest: readonly unknown[]) => {
    const done = rest.find((argument) => typeof argument === "function") ?? (() => undefined);
    const encoding = rest.find((argument) => typeof argument === "string");
    const settle = () => Reflect.apply(Object(done), undefined, []);
    if (!stdin.writable) {
      queueMicrotask(settle);
      return false;
    }
    return write(typeof encoding === "string" ? Buffer.from(String(chunk), encodingOf(encoding)) : chunk, settle);
  };
}

function encodingOf(name: string): BufferEncoding {
  return Buffer.isEncoding(name) ? name : "utf8";
}

function isProcess(value: unknown): value is ChildProcess {
  return typeof value === "object" && value !== null && "pid" in value && "kill" in value && "once" in value;
}

/** Numbers of `DiagnosticCategory`. */
const severities = ["warning", "error", "suggestion", "suggestion"] as const;

function diagnosticOf(found: Diagnostic): NativeDiagnostic {
  return {
    fileName: found.fileName,
    start: found.pos,
    end: found.end,
    code: found.code,
    severity: severities[found.category] ?? "error",
    text: found.text,
    chain: (found.messageChain ?? []).map(diagnosticOf),
    related: (found.relatedInformation ?? []).map(diagnosticOf),
  };
}
