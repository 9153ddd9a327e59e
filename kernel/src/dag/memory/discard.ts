/**
 * Gives pages back to the system. WebAssembly can make memory larger but not smaller, and has no instruction for it on
 * today's Node: it takes a call of the system, through koffi where that is installed.
 * @module
 */
import process from "node:process";
import { nativeLibrary } from "../../native-library.js";

/** Drops the pages of these bytes, which start and end on pages; they read as zeros afterwards. */
export type Discard = (bytes: Uint8Array) => void;

/** Linux, `madvise`: pages of private anonymous memory are freed at once. */
const MADV_DONTNEED = 4;
/** A multiple of the size of a page on every machine; memories start at one. */
export const PAGE_BYTES = 65_536;

let found: Discard | undefined;
let isSearched = false;

/** The call, if this system has it and does with shared memory what is wanted: Linux with koffi. */
export function discarder(): Discard | undefined {
  if (!isSearched) {
    isSearched = true;
    found = search();
  }
  return found;
}

function search(): Discard | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const madvise = nativeLibrary(null).bind("madvise", "int", ["void *", "size_t", "int"]);
    const discard: Discard = (bytes) => void madvise(bytes, bytes.byteLength, MADV_DONTNEED);
    return isRight(discard) ? discard : undefined;
  } catch {
    return undefined;
  }
}

/** Tries it on a memory of its own: the second of three pages must be dropped, and no other. */
function isRight(discard: Discard): boolean {
  const pages = 3;
  const bytes = new Uint8Array(new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }).buffer);
  bytes.fill(1);
  discard(bytes.subarray(PAGE_BYTES, 2 * PAGE_BYTES));
  const isWanted = (byte: number, i: number) => byte === (i >= PAGE_BYTES && i < 2 * PAGE_BYTES ? 0 : 1);
  return bytes.length === pages * PAGE_BYTES && bytes.every(isWanted);
}
