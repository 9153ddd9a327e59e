import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { da } from "../../../../../kernel/src/dag/array/index.js";
import { ThreadEngine } from "../../../../../kernel/src/dag/engine/thread-engine.js";
import { Arena, arena, useArena } from "../../../../../kernel/src/dag/memory/arena.js";
import { dtypes } from "../../../../../kernel/src/dag/memory/dtype.js";
import { numpy } from "../../../../support/numpy.js";
import { quoted, smallNumbers, storageFixture } from "../../../../support/storage.js";

const { engine, place } = storageFixture();

/** Bytes of a chunk as NumPy reads them, gunzipped by Python if need be. */
function chunk(path: string, dtype: string, shape: readonly number[], isGzip = false) {
  const bytes = isGzip ? `__import__("gzip").open(${quoted(path)}).read()` : `open(${quoted(path)}, "rb").read()`;
  const [value] = numpy([{ expression: `np.frombuffer(${bytes}, "${dtype}").reshape([${shape}])`, variables: {} }]);
  return value.values;
}

test.each(dtypes)(
  "NumPy reads the chunks of a stored %s array, and fromZarr the array, in both formats, compressed or not",
  async (dtype) => {
    const x = da.fromArray(smallNumbers([5, 6]), { chunks: [2, 4] }).astype(dtype);
    const { data } = await x.compute({ engine: engine() });
    const at = (i: number, j: number) => (i < 5 && j < 6 ? Number(data[i * 6 + j]) : 0);
    const corner = [at(4, 4), at(4, 5), 0, 0, 0, 0, 0, 0];
    for (const zarrFormat of [2, 3] as const) {
      for (const gzip of [0, 5]) {
        const folder = place(`${dtype}-${zarrFormat}-${gzip}`);
        const stored = await x.toZarr(folder, { engine: engine(), zarrFormat, gzip });
        const [first, last] = zarrFormat === 2 ? ["0.0", "2.1"] : ["c/0/0", "c/2/1"];
        expect(chunk(join(folder, first), dtype, [2, 4], gzip > 0)).toEqual(
          [0, 1].flatMap((i) => [0, 1, 2, 3].map((j) => at(i, j))),
        );
        expect(chunk(join(folder, last), dtype, [2, 4], gzip > 0)).toEqual(corner);
        expect(stored.chunks).toEqual([
          [2, 2, 1],
          [4, 2],
        ]);
        expect((await stored.compute({ engine: engine() })).data).toEqual(data);
      }
    }
  },
);

test("the metadata is what the specifications of both formats ask for", async () => {
  const x = da.fromArray(smallNumbers([5, 6]), { chunks: [2, 4] });
  await x.toZarr(place("v3"), { engine: engine(), gzip: 1 });
  await x.toZarr(place("v2"), { engine: engine(), zarrFormat: 2 });
  expect(JSON.parse(readFileSync(join(place("v3"), "zarr.json"), "utf8"))).toEqual({
    zarr_format: 3,
    node_type: "array",
    shape: [5, 6],
    data_type: "float64",
    chunk_grid: { name: "regular", configuration: { chunk_shape: [2, 4] } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    fill_value: 0,
    codecs: [
      { name: "bytes", configuration: { endian: "little" } },
      { name: "gzip", configuration: { level: 1 } },
    ],
    attributes: {},
  });
  expect(JSON.parse(readFileSync(join(place("v2"), ".zarray"), "utf8"))).toEqual({
    zarr_format: 2,
    shape: [5, 6],
    chunks: [2, 4],
    dtype: "<f8",
    compressor: null,
    fill_value: 0,
    order: "C",
    filters: null,
    dimension_separator: ".",
  });
});

test("uneven blocks are stored in chunks of one size, which may be given", async () => {
  const x = da.fromArray(smallNumbers([7]), { chunks: [[1, 4, 2]] });
  const stored = await x.toZarr(place("uneven"), { engine: engine() });
  const given = await x.toZarr(place("given"), { engine: engine(), chunks: 3 });
  expect([stored.chunks, given.chunks]).toEqual([[[4, 3]], [[3, 3, 1]]]);
  const { data } = smallNumbers([7]);
  for (const array of [stored, given]) expect((await array.compute({ engine: engine() })).data).toEqual(data);
});

test("arrays without axes and without elements go there and back", async () => {
  for (const zarrFormat of [2, 3] as const) {
    const options = { engine: engine(), zarrFormat };
    const scalar = await da.full([], 3).toZarr(place(`scalar-${zarrFormat}`), options);
    const empty = await da.zeros([0, 3], { dtype: "int32" }).toZarr(place(`empty-${zarrFormat}`), options);
    expect(await scalar.compute({ engine: engine() })).toBe(3);
    expect(await empty.compute({ engine: engine() })).toMatchObject({ dtype: "int32", shape: [0, 3] });
  }
});

test("an array that is there is replaced only if overwrite says so, and nothing else ever", async () => {
  const options = { engine: engine() };
  const x = await da.arange(10, { chunks: 3 }).toZarr(place("own"), options);
  await expect(x.add(1).toZarr(place("own"), options)).rejects.toMatchObject({
    name: "StorageError",
    message: `${place("own")} is there already: give another path, or { overwrite: true } to replace it`,
  });
  // It reads what it replaces, chunk by chunk.
  const y = await x.add(1).toZarr(place("own"), { ...options, overwrite: true, chunks: 4 });
  expect(Array.from((await y.compute(options)).data)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  mkdirSync(place("precious"));
  writeFileSync(join(place("precious"), "thesis.txt"), "text");
  await expect(x.toZarr(place("precious"), { ...options, overwrite: true })).rejects.toThrow(
    "is there and is no Zarr array, so it is not overwritten: give another path",
  );
  expect(readdirSync(place("precious"))).toEqual(["thesis.txt"]);
  expect(readdirSync(place(".")).filter((name) => /unfinished|old/.test(name))).toEqual([]);
});

test("a store that is cancelled in the middle leaves nothing, or what was there before", async () => {
  const before = await da.zeros(8, { chunks: 4 }).toZarr(place("cancelled"), { engine: engine() });
  const x = da.random.normal({ shape: [400, 1000], chunks: [1, 1000], seed: 1 });
  for (const name of ["cancelled", "never"]) {
    const controller = new AbortController();
    let stored = 0;
    const abortLater = () => {
      stored += 1;
      if (stored === 20) controller.abort("enough");
    };
    const options = {
      engine: engine(),
      signal: controller.signal,
      overwrite: true,
      callbacks: { posttask: abortLater },
    };
    await expect(x.toZarr(place(name), options)).rejects.toMatchObject({ name: "CancelledError" });
    expect(stored).toBeGreaterThanOrEqual(20);
  }
  expect(existsSync(place("never"))).toBe(false);
  expect(Array.from((await before.compute({ engine: engine() })).data)).toEqual(new Array(8).fill(0));
  expect(readdirSync(place(".")).filter((name) => name.includes("unfinished"))).toEqual([]);
});

test("a store that fails, for itself or for its array, leaves nothing", async () => {
  await da.arange(8, { chunks: 2 }).toZarr(place("source"), { engine: engine() });
  const x = await da.fromZarr(place("source"));
  writeFileSync(join(place("source"), "c/3"), "short");
  for (const store of ["toZarr", "toNpy"] as const) {
    await expect(x.add(1)[store](place("failed"), { engine: engine() })).rejects.toMatchObject({
      name: "TaskError",
      cause: { name: "StorageError" },
    });
    expect(existsSync(place("failed"))).toBe(false);
  }
  expect(readdirSync(place(".")).filter((name) => name.startsWith("failed"))).toEqual([]);
  await expect(x.toZarr(join(place("source"), "zarr.json", "below"), { engine: engine() })).rejects.toMatchObject({
    name: "StorageError",
    message: expect.stringContaining("cannot be written"),
  });
});

test("options are checked, and those of compute pass through", async () => {
  const x = da.arange(4);
  await expect(x.toZarr(place("x"), { overwite: true } as object)).rejects.toThrow(
    'toZarr has no option "overwite": did you mean "overwrite"?',
  );
  await expect(x.toZarr(place("x"), { gzip: 11 })).rejects.toThrow("gzip must be a level from 0, none, to 9");
  await expect(x.toZarr("https://example.org/x")).rejects.toThrow("is no local path");
  await expect(x.toNpy(place("x"), { workers: 0 })).rejects.toThrow("workers must be a whole number");
});

test("16 times memoryLimit go from a file through an expression to a store: the arena's peak stays below the limit", async () => {
  const shared = arena();
  useArena(Arena.create({ limitBytes: 1e9 }));
  const own = new ThreadEngine({ workers: 2 });
  try {
    const options = { engine: own, memoryLimit: "2 MB" };
    const source = await da.random
      .uniform({ shape: [400, 10_000], chunks: [10, 10_000], seed: 1 })
      .toNpy(place("large.npy"), options);
    const x = da.fromNpy(place("large.npy"), { chunks: [5, 10_000] });
    const y = await x.subtract(x.mean()).toZarr(place("large"), options);
    expect(source.nbytes).toBe(32e6);
    expect(arena().peak).toBeLessThan(2e6);
    const sum = await y.multiply(y).mean().compute(options);
    expect(sum).toBeCloseTo(1 / 12, 3);
    expect(arena().peak).toBeLessThan(2e6);
    expect(arena().used).toBe(0);
  } finally {
    await own.close();
    useArena(shared);
    rmSync(place("large"), { recursive: true });
  }
});
