import process from "node:process";
import { ArgumentError } from "../../errors.js";
import type { Inspection, Outlet, TypesMode } from "../session.js";
import { changeFolder } from "./change-folder.js";
import { environment } from "./environment.js";
import { knownMagics } from "./known-magics.js";
import { ShellCommands, type ShellText } from "./shell-commands.js";
import { timed, timedOften } from "./timing.js";

/** What magics must know of their session. */
export interface MagicsHost {
  readonly outlet: Outlet;
  /** id of the cell whose code runs */
  currentCell(): string | undefined;
  /** names that cells have bound */
  names(): readonly string[];
  inspect(code: string, cursorPos: number, detail: number): Inspection;
}

/** What the calls that stand for magics do; see magic-call.ts. */
export class CellMagics {
  readonly #host: MagicsHost;
  readonly #commands = new ShellCommands();
  #types: TypesMode = "warn";

  constructor(host: MagicsHost) {
    this.#host = host;
  }

  /** `%name text`; prints what it has to say. */
  magic(name: string, text: string): void {
    const said = this.#run(name, text);
    if (said !== "") process.stdout.write(`${said}\n`);
  }

  /** `!command` */
  shell(parts: readonly ShellText[]): Promise<void> {
    return this.#commands.run(parts, this.#host.currentCell());
  }

  /** `value?` and `%name?` */
  help(text: string, detail: number): void {
    const cell = this.#host.currentCell();
    if (cell === undefined) return;
    const page = { source: "page", start: 0 } as const;
    const magic = text.startsWith("%") ? knownMagics.get(text.slice(1)) : undefined;
    if (magic !== undefined) {
      this.#host.outlet.payload(cell, { ...page, data: { "text/plain": magic } });
      return;
    }
    const found = this.#host.inspect(text, [...text].length, detail);
    this.#host.outlet.payload(cell, { ...page, data: found.found ? found.data : {}, of: text });
  }

  /** `%time expression` */
  readonly time = timed;

  /** `%timeit expression` */
  readonly timeit = timedOften;

  /** Ends the commands of a cell. */
  interrupt(cell: string): void {
    this.#commands.interrupt(cell);
  }

  #run(name: string, text: string): string {
    switch (name) {
      case "cd":
        return changeFolder(text);
      case "env":
        return environment(text);
      case "pwd":
        return process.cwd();
      case "types":
        return this.#setTypes(text);
      case "who":
        return this.#host.names().join("  ") || "No names are bound yet.";
      default:
        return [...knownMagics.values(), "!COMMAND: runs it in your shell; {expression} inserts a value"].join("\n");
    }
  }

  #setTypes(text: string): string {
    if (text === "") return `types: ${this.#types}`;
    if (text !== "off" && text !== "warn" && text !== "strict") {
      throw new ArgumentError(`%types got "${text}": write %types off, %types warn or %types strict`);
    }
    this.#types = text;
    this.#host.outlet.typesMode(text);
    return "";
  }
}
