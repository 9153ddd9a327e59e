import type { CellShape, NameKind } from "./cell-shape.js";

/** A cell as a file of the program; the user's text stands in it as it is. */
export interface CellFile {
  readonly path: string;
  /** UTF-16 units in front of the user's text */
  readonly offset: number;
  readonly code: string;
  /** where the names used here come from: those of earlier cells, and not of this one */
  readonly earlier: ReadonlyMap<string, NameKind>;
  /** names of this cell that an earlier one has declared too */
  readonly redeclared: ReadonlySet<string>;
}

interface Slot {
  readonly number: number;
  readonly count: number;
  readonly shape: CellShape;
  /** the slots whose names this one uses */
  readonly uses: ReadonlySet<Slot>;
  /** what its names meant before */
  readonly replaced: ReadonlyMap<string, Name | undefined>;
}

interface Name {
  readonly kind: NameKind;
  readonly slot: Slot;
}

/** Files made at the start, and again whenever they are full; few, because the checker reads each at its start. */
const FIRST_SLOTS = 64;
/**
 * The cell that is being written, once more, under a name that means no file on a disk: TypeScript offers the names
 * in scope only where no import could be added for them. Nothing that is imported is found from there.
 */
const SCRATCH_IN_SCOPE = "^/dagbook/cell/new.ts";
/** A cell that is dropped gives back what its names meant before, if it is one of the last. */
const DROPPABLE = 16;

/**
 * The cells of a notebook as modules of one TypeScript program.
 *
 * A cell is a module of its own, so it may declare a name again with another type, and what was made from the old
 * one keeps its type. It hands its names on through a namespace of the global scope, which later cells take
 * aliases from: an import would change the program's graph of modules, which takes the checker ten times as long
 * as a changed text. For the same reason the files exist before the cells that fill them.
 */
export class CellProgram {
  readonly #folder: string;
  readonly #texts = new Map<string, string>();
  readonly #slots = new Map<number, Slot>();
  #recent: readonly Slot[] = [];
  readonly #names = new Map<string, Name>();
  #size = 0;

  /** @param folder where the notebook lies: its imports are looked up from there */
  constructor(folder: string) {
    this.#folder = folder.replaceAll("\\", "/").replace(/\/$/, "");
    this.sketch("");
    this.#grow();
  }

  /** the cell that is being written */
  get scratch(): string {
    return `${this.#folder}/.dagbook-cell-new.ts`;
  }

  /** the same cell, where the names in scope are completed */
  get scratchInScope(): string {
    return SCRATCH_IN_SCOPE;
  }

  /** the files of all cells */
  get paths(): readonly string[] {
    return [...this.#texts.keys()];
  }

  /** Names that cells have declared. */
  get names(): ReadonlyMap<string, { readonly kind: NameKind }> {
    return this.#names;
  }

  text(path: string): string | undefined {
    return this.#texts.get(path);
  }

  /** @returns the cell as a file; `grew`: there are new files, so the list of files must be read again */
  add(count: number, code: string, shape: CellShape): CellFile & { readonly grew: boolean } {
    const { number, grew } = this.#freeNumber();
    const used = this.#namesIn(code, shape.names);
    const replaced = new Map([...shape.names.keys()].map((name) => [name, this.#names.get(name)]));
    const slot: Slot = { number, count, shape, uses: new Set([...used.values()].map((name) => name.slot)), replaced };
    this.#slots.set(number, slot);
    this.#recent = [...this.#recent, slot].slice(-DROPPABLE);
    for (const [name, kind] of shape.names) this.#names.set(name, { kind, slot });

    const head = `${narrowings(used)}\n${shape.isObjectLiteral ? "(" : ""}`;
    const end = shape.isObjectLiteral ? ")" : "";
    const path = this.#path(number);
    this.#texts.set(path, `${head}${code}${end}\n;${aliases(used)}${exportsOf(slot)}`);
    const redeclared = new Set([...replaced].flatMap(([name, before]) => (before ? [name] : [])));
    return { path, offset: head.length, code, earlier: kindsOf(used), redeclared, grew };
  }

  /**
   * The names of a cell go; what they meant before comes back.
   * @returns the file that has changed, if one has
   */
  drop(count: number): string | undefined {
    const slot = this.#recent.findLast((recent) => recent.count === count);
    if (slot === undefined) return undefined;
    this.#recent = this.#recent.filter((recent) => recent !== slot);
    for (const [name, before] of slot.replaced) {
      if (this.#names.get(name)?.slot !== slot) continue;
      if (before) this.#names.set(name, before);
      else this.#names.delete(name);
    }
    if (!slot.shape.augments) return undefined;
    // What it added to the global scope holds without a name.
    const path = this.#path(slot.number);
    this.#texts.set(path, empty(slot.number));
    return path;
  }

  /**
   * Code that is being written as a file; it may be no TypeScript yet.
   * @param prefix names that begin like this are there too, whether the code has them or not
   */
  sketch(code: string, prefix?: string): CellFile {
    const begun = [...this.#names].filter(([name]) => prefix !== undefined && name.startsWith(prefix));
    const used = new Map([...this.#namesIn(code, new Map()), ...begun]);
    const text = `${code}\n;${aliases(used)}export {};\n`;
    for (const path of [this.scratch, SCRATCH_IN_SCOPE]) this.#texts.set(path, text);
    return { path: this.scratch, offset: 0, code, earlier: kindsOf(used), redeclared: new Set() };
  }

  /** Where the variable is declared that a later cell sees a copy of. */
  originOf(name: string): { readonly name: string; readonly path: string; readonly position: number } | undefined {
    const { kind, slot } = this.#names.get(name) ?? {};
    if (slot === undefined || (kind !== "variable" && kind !== "untyped")) return undefined;
    const path = this.#path(slot.number);
    return { name, path, position: this.#texts.get(path)!.length };
  }

  /** The number of the cell behind a file. */
  countOf(path: string): number | undefined {
    const [, number] = /\.dagbook-cell-(\d+)\.ts$/.exec(path) ?? [];
    return number === undefined ? undefined : this.#slots.get(Number(number))?.count;
  }

  #path(number: number): string {
    return `${this.#folder}/.dagbook-cell-${number}.ts`;
  }

  #namesIn(code: string, own: ReadonlyMap<string, unknown>): ReadonlyMap<string, Name> {
    const used = new Map<string, Name>();
    for (const [word] of code.matchAll(/[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu)) {
      const name = own.has(word) ? undefined : this.#names.get(word);
      if (name) used.set(word, name);
    }
    return used;
  }

  /** A file whose cell nobody can name any more is taken first. */
  #freeNumber(): { readonly number: number; readonly grew: boolean } {
    const isFree = (number: number) => !this.#slots.has(number);
    const numbers = Array.from({ length: this.#size }, (_, number) => number);
    const free = numbers.find(isFree);
    if (free !== undefined) return { number: free, grew: false };
    const living = this.#living();
    for (const slot of this.#slots.values()) if (!living.has(slot)) this.#slots.delete(slot.number);
    const freed = numbers.find(isFree);
    if (freed !== undefined) return { number: freed, grew: false };
    this.#grow();
    return { number: numbers.length, grew: true };
  }

  #living(): ReadonlySet<Slot> {
    const living = new Set<Slot>();
    const visit = (slot: Slot) => {
      if (living.has(slot)) return;
      living.add(slot);
      slot.uses.forEach(visit);
    };
    for (const { slot } of this.#names.values()) visit(slot);
    for (const slot of this.#slots.values()) if (slot.shape.augments) visit(slot);
    for (const slot of this.#recent) {
      visit(slot);
      for (const before of slot.replaced.values()) if (before) visit(before.slot);
    }
    return living;
  }

  #grow(): void {
    const size = Math.max(FIRST_SLOTS, this.#size * 2);
    for (let number = this.#size; number < size; number++) {
      this.#texts.set(this.#path(number), empty(number));
    }
    this.#size = size;
  }
}

/** A file that waits for a cell. */
function empty(number: number): string {
  return `\n${handedOn(number, "")}`;
}

/** The names of earlier cells, behind the user's text: what the user declares there too comes first and wins. */
function aliases(used: ReadonlyMap<string, Name>): string {
  return [...used].map(([name, { kind, slot }]) => alias(name, kind, slot.number)).join("");
}

/** The type of a variable comes under a name: `typeof` would follow what is done with the variable here. */
function alias(name: string, kind: NameKind, number: number): string {
  if (kind === "untyped") return `declare let ${name}: any;`;
  if (kind === "variable") return `declare let ${name}: $cell_${number}.$let_${name};`;
  return `import ${name} = $cell_${number}.${name};`;
}

/**
 * Between two cells a variable counts as what it was last given: `let found: Row | undefined` in one cell, a loop
 * that sets it in the next, and no need to ask for `undefined` in the third.
 */
function narrowings(used: ReadonlyMap<string, Name>): string {
  const variables = [...used].filter(([, { kind }]) => kind === "variable");
  return variables.map(([name]) => `${name} = ${name}!;`).join("");
}

function exportsOf({ number, shape }: Slot): string {
  const aliased = [...shape.names].filter(([, kind]) => kind !== "variable" && kind !== "untyped");
  const variables = [...shape.names].filter(([, kind]) => kind === "variable");
  const types = variables.map(([name]) => `export type $let_${name} = typeof ${name};`);
  const list = aliased.length > 0 ? `export { ${aliased.map(([name]) => name).join(", ")} };` : "";
  return handedOn(number, `${list}${types.join("")}`);
}

function handedOn(number: number, exported: string): string {
  return `declare global { namespace $cell_${number} { ${exported} } }\nexport {};\n`;
}

function kindsOf(used: ReadonlyMap<string, Name>): ReadonlyMap<string, NameKind> {
  return new Map([...used].map(([name, { kind }]) => [name, kind]));
}
