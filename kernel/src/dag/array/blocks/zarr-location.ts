/**
 * Where the files of a Zarr array come from: a local folder or an HTTP server.
 * @see https://zarr-specs.readthedocs.io/en/latest/v3/core/index.html#storage
 * @module
 */
import fs from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import type { FetchStore } from "zarrita";
import { StorageError } from "../../../errors.js";

/** Bytes of a file: from `offset` on, or the last ones. */
export type ByteRange = { readonly offset: number; readonly length: number } | { readonly suffixLength: number };

/** What zarrita calls a store. Keys begin with a slash; undefined is a file that is not there. */
export interface ZarrLocation {
  get(key: string): Promise<Uint8Array | undefined>;
  getRange(key: string, range: ByteRange): Promise<Uint8Array | undefined>;
}

/** True for the URL of an HTTP server. */
export function isHttp(location: string): boolean {
  return /^https?:\/\//i.test(location);
}

/**
 * The files below a location.
 * @param location URL, or absolute path of a folder
 */
export async function zarrLocation(location: string): Promise<ZarrLocation> {
  if (!isHttp(location)) return new ZarrFolder(location);
  const { FetchStore } = await import("zarrita");
  return new ZarrServer(location, new FetchStore(location));
}

/** Reads are synchronous: a worker has nothing else to do meanwhile, and they are faster. */
class ZarrFolder implements ZarrLocation {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    return this.read(key, (path) => fs.readFileSync(path));
  }

  async getRange(key: string, range: ByteRange): Promise<Uint8Array | undefined> {
    return this.read(key, (path) => {
      const file = fs.openSync(path, "r");
      try {
        const length = "length" in range ? range.length : range.suffixLength;
        const position = "offset" in range ? range.offset : Math.max(0, fs.fstatSync(file).size - length);
        const bytes = Buffer.alloc(length);
        return bytes.subarray(0, fs.readSync(file, bytes, 0, length, position));
      } finally {
        fs.closeSync(file);
      }
    });
  }

  private read(key: string, read: (path: string) => Uint8Array): Uint8Array | undefined {
    const path = placeInside(this.folder, key);
    try {
      return read(path);
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "ENOTDIR") return undefined;
      throw new StorageError(`${path} cannot be read (${message}): may it be read, is it a file?`, { path }, { cause });
    }
  }
}

class ZarrServer implements ZarrLocation {
  private readonly url: string;
  private readonly store: FetchStore;

  constructor(url: string, store: FetchStore) {
    this.url = url;
    this.store = store;
  }

  get(key: string): Promise<Uint8Array | undefined> {
    return this.answer(key, () => this.store.get(key as `/${string}`));
  }

  getRange(key: string, range: ByteRange): Promise<Uint8Array | undefined> {
    return this.answer(key, () => this.store.getRange(key as `/${string}`, range));
  }

  private async answer(key: string, ask: () => Promise<Uint8Array | undefined>): Promise<Uint8Array | undefined> {
    try {
      return await ask();
    } catch (cause) {
      const { message, cause: reason } = cause as Error;
      const why = reason === undefined ? message : `${message}: ${(reason as Error).message}`;
      throw new StorageError(
        `${key.slice(1)} of ${this.url} cannot be fetched (${why}): does the server run, is the address right? ` +
          "compute with { retries: 3 } if it fails now and then",
        { url: this.url, key },
        { cause },
      );
    }
  }
}

/**
 * The path of a key inside a folder.
 * @throws {StorageError} if the key leads out of it
 */
export function placeInside(folder: string, key: string): string {
  const path = join(folder, key);
  const inside = relative(folder, path);
  if (inside === "" || inside.startsWith("..") || isAbsolute(inside)) {
    throw new StorageError(`the key ${JSON.stringify(key)} leads out of ${folder}: chunks stand inside their array`, {
      folder,
      key,
    });
  }
  return path;
}
