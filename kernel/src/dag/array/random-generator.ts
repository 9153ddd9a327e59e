/**
 * A generator that gives different numbers at each draw, and the same sequence for the same seed.
 * @module
 */
import { lazyOf } from "./array-base.js";
import { type AnyArray, type ChunkedArray, wrap } from "./chunked-array.js";
import { permutation } from "./permutation.js";
import {
  asSeed,
  type ExponentialOptions,
  exponential,
  type IntegerOptions,
  integers,
  type NormalOptions,
  normal,
  type UniformOptions,
  uniform,
} from "./random.js";

/** @example const random = da.random.generator(42); random.normal({ shape: 100, chunks: 10 }) */
export class RandomGenerator {
  readonly #seed: number;
  #draws = 0;

  constructor(seed?: number) {
    this.#seed = asSeed(seed);
  }

  normal(options: Omit<NormalOptions, "seed">): ChunkedArray {
    return wrap(normal({ ...options, seed: this.#nextSeed() }));
  }

  uniform(options: Omit<UniformOptions, "seed">): ChunkedArray {
    return wrap(uniform({ ...options, seed: this.#nextSeed() }));
  }

  integers(options: Omit<IntegerOptions, "seed">): ChunkedArray {
    return wrap(integers({ ...options, seed: this.#nextSeed() }));
  }

  exponential(options: Omit<ExponentialOptions, "seed">): ChunkedArray {
    return wrap(exponential({ ...options, seed: this.#nextSeed() }));
  }

  permutation(array: AnyArray): ChunkedArray {
    return wrap(permutation(lazyOf(array), { seed: this.#nextSeed() }));
  }

  /** Draws are far apart in the seeds of one generator; seedState hashes them. */
  #nextSeed(): number {
    this.#draws++;
    return (this.#seed + this.#draws * 0x9e3779b97f) % Number.MAX_SAFE_INTEGER;
  }
}
