/**
 * The BLAS of this machine: looked for when a product is first computed on a thread, never shipped.
 * @module
 */
import process from "node:process";
import { nativeLibrary } from "../../native-library.js";
import { type Blas, bindBlas } from "./blas.js";
import { type BlasPlace, blasPlaces } from "./blas-places.js";
import { bindLapack, type Lapack } from "./lapack.js";
import { selfTest } from "./self-test.js";
import { symbolFamily } from "./symbol-family.js";
import { vendorOf } from "./vendor.js";

/** A library that is used. */
export interface FoundBlas {
  /** for people, such as "OpenBLAS 0.3.31 (Haswell)" */
  readonly name: string;
  readonly place: BlasPlace;
  readonly blas: Blas;
  /** undefined if the library has none */
  readonly lapack: Lapack | undefined;
}

/** What became of the search. */
export interface BlasSearch {
  readonly found: FoundBlas | undefined;
  /** why no library is used, or none of those that are there; for people */
  readonly refused: readonly string[];
}

/** Value of DAGBOOK_BLAS with which no library is looked for. */
export const NO_BLAS = "none";

/** searches of this thread, by the value of DAGBOOK_BLAS */
const searches = new Map<string | undefined, BlasSearch>();

/**
 * The BLAS that products on this thread use. Which one is decided once for each value of DAGBOOK_BLAS; a library that
 * does not load, computes wrong or is slow is passed over. The variable is the user's way to say which, also in a
 * plain script that starts no program of ours, so it is read here.
 */
export function findBlas(): BlasSearch {
  const wanted = process.env.DAGBOOK_BLAS || undefined;
  let search = searches.get(wanted);
  if (search === undefined) {
    search = searchBlas(process.env, process.platform);
    searches.set(wanted, search);
  }
  return search;
}

/**
 * Looks for a BLAS and loads it into this process, where it then uses one thread a call.
 * @param env variables of the process whose BLAS is asked for
 */
export function searchBlas(env: Readonly<NodeJS.ProcessEnv>, platform: NodeJS.Platform): BlasSearch {
  if (env.DAGBOOK_BLAS === NO_BLAS) return { found: undefined, refused: [`DAGBOOK_BLAS is "${NO_BLAS}"`] };
  const refused: string[] = [];
  for (const place of blasPlaces({ platform, env })) {
    const result = tryLibrary(place);
    if (typeof result === "object") return { found: result, refused };
    // Names that the loader does not know are what most machines have.
    if (place.origin !== "the system" || !result.startsWith("it does not load")) {
      refused.push(`${place.library}, from ${place.origin}: ${result}`);
    }
  }
  if (refused.length > 0) return { found: undefined, refused };
  return { found: undefined, refused: ["no OpenBLAS, MKL or Accelerate was found, nor NumPy, which brings one"] };
}

/** The library, ready to use, or why it is not. */
function tryLibrary(place: BlasPlace): FoundBlas | string {
  try {
    const library = nativeLibrary(place.library);
    const family = symbolFamily(library);
    if (family === undefined) return "it has no cblas_dgemm";
    const vendor = vendorOf(place.library, library, family);
    if (vendor === undefined) {
      return "it is not OpenBLAS, MKL, BLIS or Accelerate, and the reference BLAS is slower than dagbook's own product";
    }
    vendor.prepare();
    const blas = bindBlas(library, family);
    const problem = selfTest(blas);
    if (problem !== undefined) return problem;
    return { name: vendor.name, place, blas, lapack: bindLapack(library, family) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return `it does not load (${text.split("\n", 1)[0]})`;
  }
}
