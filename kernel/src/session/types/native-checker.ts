import { readFileSync } from "node:fs";
import { codePointsBefore, offsetOf } from "../code/code-points.js";
import { restOfName } from "../code/name-patterns.js";
import { inspectedAt } from "../inspection/inspected-at.js";
import { magicProblem } from "../magics/magic-problem.js";
import { readMagics } from "../magics/read-magics.js";
import { reservedName } from "../transform/reserved-names.js";
import { cellDiagnostics } from "./cell-diagnostics.js";
import { type CellFile, CellProgram } from "./cell-program.js";
import { type CellShape, cellShape } from "./cell-shape.js";
import { ownConfig } from "./compiler-options.js";
import { completionPlace } from "./completion-place.js";
import { ImportedFiles } from "./imported-files.js";
import { NativeServer } from "./native/native-server.js";
import { ServerKeeper } from "./native/server-keeper.js";
import { ProjectFiles } from "./project-files.js";
import type { CellDiagnostic, TypeChecker, TypedCompletions, TypedInspection, WrittenCell } from "./type-checker.js";
import { typedEntries } from "./typed-entries.js";
import { typedInspection } from "./typed-inspection.js";

/** What a checker is made with. */
export interface TypeCheckerOptions {
  /** where the notebook lies */
  readonly folder: string;
  /** where cells look their imports up: the notebook's folder until a cell goes elsewhere (`%cd`); by default always */
  readonly workingFolder?: () => string;
  /** told when there are no types, and why */
  readonly log: (text: string) => void;
  /** the native program; by default that of the package */
  readonly executable?: string;
}

/** A module or its types were not found. The checker remembers that, though it was installed or written since. */
const UNRESOLVED = new Set([2306, 2307, 2792, 7016]);
const mentionsImport = /\b(?:import|require)\b/;

/** A checker of TypeScript 7 in a process of its own, which starts when it is first needed. */
export function createTypeChecker(options: TypeCheckerOptions): TypeChecker {
  return new NativeChecker(options);
}

class NativeChecker implements TypeChecker {
  readonly #program: CellProgram;
  readonly #files: ProjectFiles;
  readonly #imported = new ImportedFiles();
  readonly #keeper: ServerKeeper<NativeServer>;
  /** files that the process has not read as they are now */
  readonly #stale = new Set<string>();
  readonly #isElsewhere: () => boolean;

  constructor({ folder, workingFolder = () => folder, log, executable }: TypeCheckerOptions) {
    this.#isElsewhere = () => workingFolder() !== folder;
    this.#program = new CellProgram(folder);
    this.#files = new ProjectFiles(folder, this.#program);
    const readFile = (path: string) => this.#files.read(path);
    this.#keeper = new ServerKeeper({
      start: () => NativeServer.start({ folder, readFile, executable }),
      prepare: (server) => this.#prepare(server, folder),
      log,
      now: () => performance.now(),
    });
  }

  get pid(): number | undefined {
    return this.#keeper.pid;
  }

  get memory(): number | undefined {
    try {
      const [, kilobytes] = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${this.pid}/status`, "utf8")) ?? [];
      return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
    } catch {
      return undefined;
    }
  }

  get isWarm(): boolean {
    return this.#keeper.isWarm;
  }

  async warmUp(): Promise<void> {
    // The first file that is checked takes three times as long as the next.
    await this.#keeper.ask((server) => server.diagnostics(this.#program.scratch));
  }

  sleep(): void {
    this.#keeper.sleep();
  }

  async addCell(cell: WrittenCell): Promise<readonly CellDiagnostic[]> {
    const file = this.#add(cell);
    if (file === undefined) return [];
    return (await this.#keeper.ask((server) => this.#check(server, file))) ?? [];
  }

  rememberCell(cell: WrittenCell): void {
    this.#add(cell);
  }

  dropCell(count: number): void {
    const changed = this.#program.drop(count);
    if (changed !== undefined) this.#stale.add(changed);
  }

  async complete(code: string, cursorPos: number): Promise<TypedCompletions | undefined> {
    const at = offsetOf(code, cursorPos);
    const { code: script, magics } = readMagics(code);
    if (magics.some(({ kind, start, end }) => kind !== "timing" && start <= at && at <= end)) return undefined;
    const place = completionPlace(script, at);
    if (place === undefined) return undefined;
    return this.#keeper.ask(async (server) => {
      const file = await this.#sketch(server, script, place.kind === "name" ? place.prefix : undefined);
      const found = await server.completions(file.path, file.offset + at);
      const isScope = found === "names in scope";
      const names = isScope ? await this.#namesInScope(server, file.offset + at) : found;
      if (names === undefined || names === "names in scope") return undefined;
      const entries = await typedEntries(names, place.prefix, isScope, server);
      if (entries.length === 0) return undefined;
      return {
        cursorStart: codePointsBefore(code, place.start),
        cursorEnd: codePointsBefore(code, place.end),
        isClosed: !isScope && place.kind === "name",
        entries,
      };
    });
  }

  async inspect(code: string, cursorPos: number): Promise<TypedInspection | undefined> {
    const { code: script } = readMagics(code);
    const inspected = inspectedAt(script, cursorPos);
    if (inspected === undefined) return undefined;
    const at = offsetOf(script, inspected.cursorPos);
    const name = restOfName.exec(script.slice(at))![0];
    return this.#keeper.ask(async (server) => {
      const file = await this.#sketch(server, script);
      const described = await server.describe(file.path, file.offset + at, this.#program.originOf(name));
      if (described === undefined) return undefined;
      return {
        ...typedInspection(described, file.earlier.get(name)),
        cursorStart: inspected.cursorPos,
        cursorEnd: inspected.cursorPos + codePointsBefore(name, name.length),
      };
    });
  }

  close(): void {
    this.#keeper.close();
  }

  /** Nothing for a cell that is refused before it runs: what it would declare does not exist. */
  #add({ count, code }: WrittenCell): CellFile | undefined {
    const { code: script, magics } = readMagics(code);
    const shape = magicProblem(code, magics) === undefined ? cellShape(script) : undefined;
    if (shape === undefined || reservedName(script, valuesOf(shape)) !== undefined) return undefined;
    const { grew, ...file } = this.#program.add(count, script, shape);
    this.#stale.add(file.path);
    if (grew) this.#stale.add(this.#files.config);
    return file;
  }

  async #prepare(server: NativeServer, folder: string): Promise<void> {
    const own = ownConfig(folder);
    if (own !== undefined) this.#files.respect(await server.options(own));
    // It reads all files anew.
    this.#stale.clear();
    await server.open(this.#files.config);
  }

  async #check(server: NativeServer, file: CellFile): Promise<readonly CellDiagnostic[]> {
    await this.#update(server);
    let found = await server.diagnostics(file.path);
    if (found.some(({ code }) => UNRESOLVED.has(code))) {
      await server.update("all");
      found = await server.diagnostics(file.path);
    }
    // From there the cell may find what is not beside the notebook; its run tells.
    if (this.#isElsewhere()) found = found.filter(({ code }) => !UNRESOLVED.has(code));
    if (mentionsImport.test(file.code)) {
      await this.#imported.watch((await server.fileNames()).filter((path) => this.#files.isOnDisk(path)));
    }
    return cellDiagnostics(found, file, (path) => this.#program.countOf(path));
  }

  /** One file that changes at a time takes 0.6 ms, two at once 6 ms: the process makes the whole program anew. */
  async #sketch(server: NativeServer, script: string, prefix?: string): Promise<CellFile> {
    const file = this.#program.sketch(script, prefix);
    this.#stale.add(this.#program.scratch);
    await this.#update(server);
    return file;
  }

  /** The same code, in the file where names in scope are completed. */
  async #namesInScope(server: NativeServer, position: number): ReturnType<NativeServer["completions"]> {
    await server.update([this.#program.scratchInScope]);
    return server.completions(this.#program.scratchInScope, position);
  }

  /** Lets the process read what has changed, on the disk too. */
  async #update(server: NativeServer): Promise<void> {
    const changed = [...this.#stale, ...(await this.#imported.changed())];
    if (changed.length === 0) return;
    this.#stale.clear();
    try {
      await server.update(changed);
    } catch (error) {
      for (const path of changed) this.#stale.add(path);
      throw error;
    }
  }
}

/** Names that exist while a cell runs, without interfaces and types. */
function valuesOf({ names }: CellShape): ReadonlySet<string> {
  return new Set([...names].flatMap(([name, kind]) => (kind === "other" ? [] : [name])));
}
