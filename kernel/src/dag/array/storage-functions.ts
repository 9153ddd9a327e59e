/**
 * Functions of `da` that read arrays from storage.
 * @module
 */
import { type ChunkedArray, wrap } from "./chunked-array.js";
import { type FromNpyOptions, fromNpy } from "./storage/from-npy.js";
import { type FromZarrOptions, fromZarr } from "./storage/from-zarr.js";

/**
 * Elements are read when something is computed, block by block, and each time anew: `persist()` keeps them in memory.
 * Files must stay as they are meanwhile.
 */
export const storageFunctions = {
  /**
   * The array in a .npy file, little endian. Blocks are whole rows unless `chunks` says otherwise.
   * @throws {StorageError} if it is no whole .npy file
   * @throws {DTypeError} if its elements are of another type
   * @example da.fromNpy("data.npy").mean(0)
   */
  fromNpy: (path: string | URL, options?: FromNpyOptions): ChunkedArray => wrap(fromNpy(path, options)),
  /**
   * The array in a Zarr folder or at a URL, of format 2 or 3, with the chunks it has there unless `chunks` names
   * multiples of them. What comes from a URL is fetched once a run.
   * @throws {StorageError} if there is no array, or its metadata is wrong
   * @throws {DTypeError} if its elements are of another type than arrays have
   * @example (await da.fromZarr("https://example.org/t2m.zarr")).mean(0)
   */
  fromZarr: async (url: string | URL, options?: FromZarrOptions): Promise<ChunkedArray> =>
    wrap(await fromZarr(url, options)),
} as const;
