/**
 * Values on their way to a process that does not share the arena: the elements of blocks travel as bytes.
 * @module
 */
import { deserialize, serialize } from "node:v8";
import { ArgumentError } from "../../errors.js";
import type { Arena } from "../memory/arena.js";
import { type Block, isBlock } from "../memory/block.js";
import { errorData } from "./error-data.js";
import type { PackedValues } from "./packed-values.js";
import { replaceInside } from "./replace-inside.js";
import { type Encoded, isBytes, type Refused } from "./value.js";

/** `inline` and `spans` name blocks as the sender does; each of them comes once in `blocks`. */
export interface CarriedValues extends PackedValues {
  readonly blocks: readonly CarriedBlock[];
}

interface CarriedBlock {
  /** at the sender */
  readonly block: Block;
  readonly bytes: Uint8Array;
}

/** The values with views of their blocks, valid until the blocks are released. What cannot be carried is refused. */
export function carry({ inline, bytes, spans }: PackedValues, source: Arena): CarriedValues {
  const blocks = new Map<string, CarriedBlock>();
  const carried = inline.map((value) => {
    if (isCloned(value)) return refused();
    for (const block of blocksIn(value)) {
      if (!blocks.has(placeOf(block))) blocks.set(placeOf(block), { block, bytes: bytesOf(block, source) });
    }
    return value;
  });
  return { inline: carried, bytes, spans, blocks: [...blocks.values()] };
}

/**
 * The values with blocks of this process. The caller owns a reference for every block in them, as often as it is there.
 * @throws {MemoryError} if the arena is full; nothing stays allocated then
 */
export function land({ inline, bytes, spans, blocks }: CarriedValues, target: Arena): PackedValues {
  const landed = landBlocks(blocks, target);
  const used = new Set<string>();
  const relocate = (block: Block): Block => {
    const { memory, offset } = landed.get(placeOf(block)) as Block;
    return { ...block, memory, offset };
  };
  const own = inline.map((value): Encoded => {
    if (isBytes(value)) return compact(value);
    const inside = blocksIn(value);
    if (inside.length === 0) return value;
    for (const block of inside) {
      if (used.has(placeOf(block))) target.retain(relocate(block));
      used.add(placeOf(block));
    }
    if (isBlock(value)) return relocate(value);
    return { ...(value as Marked), bytes: relocated((value as Marked).bytes, relocate), blocks: inside.map(relocate) };
  });
  return { inline: own, bytes: compact(bytes), spans };
}

type Marked = Extract<Encoded, { readonly dagbook: "marked" }>;

function landBlocks(blocks: readonly CarriedBlock[], target: Arena): ReadonlyMap<string, Block> {
  const landed = new Map<string, Block>();
  try {
    for (const { block, bytes } of blocks) {
      const own = target.allocate(block.dtype, block.shape);
      landed.set(placeOf(block), own);
      bytesOf(own, target).set(bytes);
    }
    return landed;
  } catch (error) {
    for (const block of landed.values()) target.release(block);
    throw error;
  }
}

/** A serialized value in which blocks stand elsewhere. */
function relocated(bytes: Uint8Array, relocate: (block: Block) => Block): Uint8Array {
  return serialize(replaceInside(deserialize(bytes), (inner) => (isBlock(inner) ? relocate(inner) : undefined)));
}

/** A message is read into one buffer: a small part of it that lives on would hold all of it. */
function compact(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength < bytes.buffer.byteLength ? Uint8Array.prototype.slice.call(bytes) : bytes;
}

function blocksIn(value: Encoded): readonly Block[] {
  if (isBlock(value)) return [value];
  return typeof value === "object" && value !== null && "blocks" in value ? value.blocks : [];
}

function bytesOf(block: Block, source: Arena): Uint8Array {
  const { buffer, byteOffset, byteLength } = source.elements(block);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function placeOf({ memory, offset }: Block): string {
  return `${memory}:${offset}`;
}

/** True for a value that v8.serialize refuses: only threads can share it or get a clone of it. */
export function isCloned(value: Encoded): boolean {
  return typeof value === "object" && value !== null && !isBytes(value) && value.dagbook === "cloned";
}

/** Why such a value does not get to another process. */
export function threadsOnly(what: string): ArgumentError {
  return new ArgumentError(
    `${what} holds something that only threads can share or clone (a SharedArrayBuffer, a Blob, a WebAssembly.Module): ` +
      'run it with engine: "threads", or give its bytes',
  );
}

function refused(): Refused {
  return { dagbook: "refused", error: errorData(threadsOnly("an argument")), blocks: [] };
}
