import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTypeChecker } from "../../kernel/src/session/types/native-checker.js";
import type { TypeChecker, TypedCompletions, TypedInspection } from "../../kernel/src/session/types/type-checker.js";

/** The cells of a notebook in a folder of its own, checked and never run. */
export class CheckedNotebook {
  readonly folder = mkdtempSync(join(tmpdir(), "dagbook-types-"));
  readonly logged: string[] = [];
  readonly checker: TypeChecker;
  /** where cells are after `%cd` */
  workingFolder = this.folder;
  #count = 0;

  /** @param executable path of another program in the place of TypeScript's */
  constructor(executable?: string) {
    const log = (text: string) => this.logged.push(text);
    this.checker = createTypeChecker({
      folder: this.folder,
      workingFolder: () => this.workingFolder,
      log,
      ...(executable !== undefined && { executable }),
    });
  }

  get count(): number {
    return this.#count;
  }

  /** The findings of the next cell. @example ["TS2322 1:1 Type 'string' is not assignable to type 'number'."] */
  async add(code: string): Promise<readonly string[]> {
    this.#count += 1;
    const found = await this.checker.addCell({ count: this.#count, code });
    return found.map(({ code: number, message, start }) => `TS${number} ${start.line}:${start.column} ${message}`);
  }

  /** Numbers of the rules that the next cell breaks. */
  async rules(code: string): Promise<readonly string[]> {
    return (await this.add(code)).map((finding) => finding.split(" ")[0]!);
  }

  /** @param code with `|` where the cursor is */
  complete(code: string): Promise<TypedCompletions | undefined> {
    const [before = "", after = ""] = code.split("|");
    return this.checker.complete(before + after, [...before].length);
  }

  /** @param code with `|` where the cursor is */
  async names(code: string): Promise<readonly string[]> {
    return ((await this.complete(code))?.entries ?? []).map(({ name }) => name);
  }

  /** @param code with `|` where the cursor is */
  inspect(code: string): Promise<TypedInspection | undefined> {
    const [before = "", after = ""] = code.split("|");
    return this.checker.inspect(before + after, [...before].length);
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  close(): void {
    this.checker.close();
    rmSync(this.folder, { recursive: true });
  }
}
