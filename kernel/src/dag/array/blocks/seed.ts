/**
 * Seeds of independent streams of random numbers.
 * @module
 */
const GOLDEN = 0x9e3779b97f4a7c15n;

/**
 * Four 64-bit words that start xoshiro256++ for stream `stream` of `seed`, filled by splitmix64 as its
 * authors advise. The stream number is hashed into the start, so streams do not overlap in practice.
 * @see https://prng.di.unimi.it/splitmix64.c (Sebastiano Vigna, public domain)
 */
export function seedState(seed: number, stream: number): BigUint64Array {
  const state = new BigUint64Array(4);
  let at = splitmix(splitmix(BigInt(seed)) ^ (BigInt(stream) * GOLDEN));
  for (let i = 0; i < 4; i++) {
    at = BigInt.asUintN(64, at + GOLDEN);
    state[i] = splitmix(at);
  }
  return state;
}

/** One step of splitmix64: a bijection that mixes all bits. */
function splitmix(value: bigint): bigint {
  let z = BigInt.asUintN(64, value + GOLDEN);
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}
