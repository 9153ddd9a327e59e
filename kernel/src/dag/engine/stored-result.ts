/**
 * A large result that the engine holds: in memory, or in a file while memory is short.
 * @module
 */
import { arena } from "../memory/arena.js";
import { type Block, isBlock } from "../memory/block.js";
import type { Ledger } from "./ledger.js";
import type { SpillFolder } from "./spill-folder.js";
import { type Encoded, isBytes, nbytes, releaseEncoded } from "./value.js";

/** Smaller results are never written to disk: a file costs more than they take. */
const SPILL_BYTES = 16_384;
/** Bytes of a plain value; below, it may share its buffer with others of its message (packed-values.ts). */
const PLAIN_BYTES = 65_536;

/** True for what can go to a file and come back: a large block, or the bytes of a large value without blocks. */
export function canBeStored(value: Encoded, bytes: number): boolean {
  if (bytes < SPILL_BYTES) return false;
  return isBytes(value) ? bytes >= PLAIN_BYTES : isBlock(value);
}

function nothing(): void {}

/**
 * One result and the references it holds. `ledger` counts its bytes, in memory or on disk. What was read back keeps
 * its file: it does not change, so that it may leave memory again at no cost.
 */
export class StoredResult {
  readonly bytes: number;
  private readonly folder: SpillFolder;
  private ledger: Ledger;
  private current: Encoded;
  /** shape and dtype of a block that is not in memory */
  private readonly form: Block | undefined;
  private state: "memory" | "disk" | "reading" | "released" = "memory";
  private isWriting = false;
  private file: string | undefined;
  private reading: Promise<void> | undefined;
  /** how many hold it */
  private holders = 1;
  private onMoved: (value: Encoded) => void;

  /** @param onMoved hears the value when it comes back to memory, and undefined when it leaves it */
  constructor(value: Encoded, ledger: Ledger, folder: SpillFolder, onMoved: (value: Encoded) => void) {
    this.current = value;
    this.form = isBlock(value) ? value : undefined;
    this.bytes = nbytes(value);
    this.ledger = ledger;
    this.folder = folder;
    this.onMoved = onMoved;
    ledger.held(this.bytes);
  }

  /** The value; undefined while it is not in memory. */
  get value(): Encoded {
    return this.current;
  }

  get isInMemory(): boolean {
    return this.state === "memory";
  }

  /** True while it is written or read. */
  get isMoving(): boolean {
    return this.isWriting || this.state === "reading";
  }

  /** True if `spill` would free its bytes: nobody else refers to the block. */
  get canSpill(): boolean {
    if (this.state !== "memory" || this.isWriting) return false;
    return !isBlock(this.current) || arena().referencesTo(this.current) === 1;
  }

  /** True if it stays when one of those that hold it releases it. */
  get isShared(): boolean {
    return this.holders > 1;
  }

  /** One more holds it: it goes when all have released it. */
  share(): this {
    this.holders += 1;
    return this;
  }

  isCountedBy(ledger: Ledger): boolean {
    return this.ledger === ledger;
  }

  /** From now on `ledger` counts the bytes. */
  moveTo(ledger: Ledger): void {
    if (this.state === "released" && this.reading === undefined) return;
    const counter = this.state === "disk" ? "spilled" : "held";
    this.ledger[counter](-this.bytes);
    ledger[counter](this.bytes);
    this.ledger = ledger;
  }

  /**
   * Writes the value to a file if it has none, then drops it from memory, unless `isNeeded` says at that time that a
   * task has come to use it.
   * @throws {MemoryError} if it cannot be written; it stays in memory
   */
  async spill(isNeeded: () => boolean): Promise<void> {
    if (this.file === undefined) {
      this.isWriting = true;
      try {
        this.file = await this.folder.write(bytesOf(this.current));
      } finally {
        this.isWriting = false;
      }
      if (this.state === "released") this.deleteFile();
    }
    if (this.state !== "memory" || isNeeded()) return;
    const value = this.current;
    this.state = "disk";
    this.current = undefined;
    this.onMoved(undefined);
    releaseEncoded(value);
    this.ledger.held(-this.bytes);
    this.ledger.spilled(this.bytes);
  }

  /**
   * Brings the value back to memory; its bytes count as held from the start.
   * @throws {MemoryError} if the arena is full (thrown at once; nothing has changed)
   * @returns rejects with a MemoryError if the file cannot be read
   */
  load(): Promise<void> {
    if (this.state !== "disk") return this.reading ?? Promise.resolve();
    const target = this.form === undefined ? new Uint8Array(this.bytes) : blockLike(this.form);
    this.state = "reading";
    this.ledger.spilled(-this.bytes);
    this.ledger.held(this.bytes);
    this.reading = this.fill(target).finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  /** Nobody hears any more that it moves. */
  moveUnheard(): void {
    this.onMoved = nothing;
  }

  /** Drops the value and its file unless others hold it, too; what is just being read goes when that is done. */
  release(): void {
    const { state } = this;
    if (state === "released") return;
    this.holders -= 1;
    if (this.holders > 0) return;
    this.state = "released";
    if (state === "reading") return;
    this.ledger[state === "memory" ? "held" : "spilled"](-this.bytes);
    releaseEncoded(this.current);
    this.current = undefined;
    if (!this.isWriting) this.deleteFile();
  }

  /** The value, which must be in memory; whoever gets it owns its blocks. */
  takeOut(): Encoded {
    const value = this.current;
    this.current = undefined;
    this.release();
    // Bytes may move to another thread, and not while the system reads them.
    return this.isWriting && isBytes(value) ? Uint8Array.prototype.slice.call(value) : value;
  }

  private async fill(target: Uint8Array | Block): Promise<void> {
    try {
      await this.folder.read(this.file ?? "", bytesOf(target));
    } catch (error) {
      if (this.state === "reading") {
        this.state = "disk";
        this.ledger.spilled(this.bytes);
      }
      this.ledger.held(-this.bytes);
      releaseEncoded(target);
      throw error;
    }
    if (this.state === "reading") {
      this.state = "memory";
      this.current = target;
      this.onMoved(target);
      return;
    }
    this.ledger.held(-this.bytes);
    releaseEncoded(target);
    this.deleteFile();
  }

  private deleteFile(): void {
    if (this.file !== undefined) this.folder.delete(this.file);
    this.file = undefined;
  }
}

/** The bytes of a value that can be stored, where they stand. */
function bytesOf(value: Encoded): Uint8Array {
  if (isBlock(value)) {
    const { buffer, byteOffset, byteLength } = arena().elements(value);
    return new Uint8Array(buffer, byteOffset, byteLength);
  }
  if (isBytes(value)) return value;
  throw new TypeError("only blocks and bytes can be stored");
}

function blockLike(form: Block): Block {
  const { memory, offset } = arena().allocate(form.dtype, form.shape, form.memory);
  return { ...form, memory, offset };
}
