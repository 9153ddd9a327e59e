import type { CellProgram } from "./cell-program.js";
import { boundNamesFile, type CompilerOptions, compilerOptions } from "./compiler-options.js";

/**
 * The files of a notebook's project as the checker reads them. None is on the disk: a notebook's folder stays as it
 * is.
 */
export class ProjectFiles {
  /** path of its tsconfig */
  readonly config: string;
  readonly #folder: string;
  readonly #program: CellProgram;
  readonly #boundNames: string;
  #options: CompilerOptions = {};

  constructor(folder: string, program: CellProgram) {
    this.#folder = folder;
    this.#program = program;
    const inFolder = (name: string) => `${folder.replaceAll("\\", "/").replace(/\/$/, "")}/${name}`;
    this.config = inFolder(".dagbook-cells.json");
    this.#boundNames = inFolder(".dagbook-names.d.ts");
  }

  /** Takes the options of the notebook's own tsconfig into account. */
  respect(options: CompilerOptions): void {
    this.#options = options;
  }

  /** The text of a file; nothing if it is one of the disk. */
  read(path: string): string | undefined {
    if (path === this.config) return this.#configText();
    if (path === this.#boundNames) return boundNamesFile();
    return this.#program.text(path);
  }

  /** Whether a file of the checker is none of these. */
  isOnDisk(path: string): boolean {
    return path !== this.#boundNames && this.#program.text(path) === undefined && !path.startsWith("bundled:");
  }

  #configText(): string {
    const options = compilerOptions(this.#folder, this.#options);
    return JSON.stringify({ compilerOptions: options, files: [this.#boundNames, ...this.#program.paths] });
  }
}
