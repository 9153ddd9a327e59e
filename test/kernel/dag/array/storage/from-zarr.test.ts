import { once } from "node:events";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { placeInside } from "../../../../../kernel/src/dag/array/blocks/zarr-location.js";
import { da } from "../../../../../kernel/src/dag/array/index.js";
import { arrayOf } from "../../../../support/array-cases.js";
import { numpy } from "../../../../support/numpy.js";
import { quoted, smallNumbers, storageFixture } from "../../../../support/storage.js";

const { engine, place } = storageFixture();
/** Written by zarr-python: test/support/make_zarr.py. */
const theirs = (name: string) => fileURLToPath(new URL(`../../../../support/fixtures/zarr/${name}`, import.meta.url));
/** What they hold: i / 3, NaN where the first chunk is missing. */
const theirValues = Array.from({ length: 70 }, (_, i) => (i < 30 && i % 10 < 4 ? Number.NaN : i / 3));

test.each(["v3-zstd", "v3-gzip", "v3-blosc", "v3-big-endian", "v2-zstd", "v2-blosc", "v2-zlib-fortran"])(
  "what zarr-python wrote as %s is read, edge chunks and the fill value of a missing chunk included",
  async (name) => {
    const x = await da.fromZarr(theirs(name));
    expect([x.dtype, x.chunks]).toEqual([
      "float64",
      [
        [3, 3, 1],
        [4, 4, 2],
      ],
    ]);
    expect(Array.from((await x.compute({ engine: engine() })).data)).toEqual(theirValues);
  },
);

test("a sharded array is read by its shards, or by the chunks inside them", async () => {
  const x = await da.fromZarr(theirs("v3-sharded"));
  const inner = await da.fromZarr(theirs("v3-sharded"), { chunks: [3, 4] });
  expect([x.numblocks, inner.numblocks]).toEqual([
    [2, 2],
    [3, 3],
  ]);
  for (const array of [x, inner]) {
    expect(Array.from((await array.compute({ engine: engine() })).data)).toEqual(theirValues);
  }
});

test("blocks may be several chunks: sizes by number or by bytes, but never parts of chunks", async () => {
  for (const chunks of [[6, 4], [3, 12], -1, "auto", "200 B"] as const) {
    const x = await da.fromZarr(theirs("v3-zstd"), { chunks });
    expect(Array.from((await x.compute({ engine: engine() })).data)).toEqual(theirValues);
  }
  expect((await da.fromZarr(theirs("v3-zstd"), { chunks: "200 B" })).chunks).toEqual([
    [3, 3, 1],
    [4, 4, 2],
  ]);
  await expect(da.fromZarr(theirs("v3-zstd"), { chunks: [2, 4] })).rejects.toMatchObject({
    name: "ChunkError",
    message: "chunks [2,4] cut axis 0 at 2, inside a chunk of the Zarr array: give multiples of [3, 4], or use rechunk",
  });
});

/** An array in the format of version 2 whose chunk bytes NumPy wrote and whose metadata was written here. */
function byHand(name: string, dtype: string, fields: object = {}): string {
  const folder = place(name);
  mkdirSync(folder, { recursive: true });
  const save = (rows: string) => `np.pad(a.astype("${dtype}")[${rows}], ((0, 1 if "${rows}" == "2:3" else 0), (0, 0)))`;
  numpy(
    ["0:2", "2:3"].map((rows, i) => ({
      expression: `${save(rows)}.tofile(${quoted(join(folder, `${i}.0`))})`,
      variables: { a: smallNumbers([3, 4]) },
    })),
  );
  const metadata = {
    zarr_format: 2,
    shape: [3, 4],
    chunks: [2, 4],
    dtype,
    compressor: null,
    fill_value: null,
    order: "C",
    filters: null,
  };
  writeFileSync(join(folder, ".zarray"), JSON.stringify({ ...metadata, ...fields }));
  return folder;
}

test.each([
  ["<f8", "float64"],
  [">f8", "float64"],
  ["<f4", "float32"],
  ["<i4", "int32"],
  [">i4", "int32"],
  ["|b1", "bool"],
  ["|i1", "int8"],
  ["|u1", "uint8"],
  ["<i2", "int16"],
  [">u2", "uint16"],
  ["<u4", "uint32"],
  ["<i8", "int64"],
  [">i8", "int64"],
  [">u8", "uint64"],
] as const)("elements of type %s are read as %s", async (named, dtype) => {
  const x = await da.fromZarr(byHand(`type-${named.slice(1)}`, named));
  const expected = da.fromArray(smallNumbers([3, 4])).astype(dtype);
  expect(x.dtype).toBe(dtype);
  expect((await x.compute({ engine: engine() })).tolist()).toEqual(
    (await expected.compute({ engine: engine() })).tolist(),
  );
});

test("integers of 64 bits keep all their bits, and missing chunks the fill value", async () => {
  const large = arrayOf([2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n], [3], "int64");
  for (const zarrFormat of [2, 3] as const) {
    const folder = place(`longs-${zarrFormat}`);
    const x = da.fromArray(large, { chunks: 2 });
    const stored = await x.toZarr(folder, { engine: engine(), zarrFormat });
    expect((await stored.compute({ engine: engine() })).data).toEqual(large.data);
    rmSync(join(folder, zarrFormat === 2 ? "1" : "c/1"));
    const holed = await da.fromZarr(folder, { dtype: "float64" });
    expect(await holed.compute({ engine: engine() })).toMatchObject({
      dtype: "float64",
      data: Float64Array.of(2 ** 63, -(2 ** 63), 0),
    });
  }
});

test.each([
  [null, 0],
  ["NaN", Number.NaN],
  ["-Infinity", Number.NEGATIVE_INFINITY],
  ["0xc004000000000000", -2.5],
  ["0x7ff8000000000000", Number.NaN],
  [7, 7],
])("a fill value %j fills missing chunks with %d", async (fill, value) => {
  const folder = place("filled");
  mkdirSync(folder, { recursive: true });
  const metadata = JSON.parse(readFileSync(join(theirs("v3-zstd"), "zarr.json"), "utf8"));
  writeFileSync(join(folder, "zarr.json"), JSON.stringify({ ...metadata, fill_value: fill }));
  const { data } = await (await da.fromZarr(folder)).compute({ engine: engine() });
  expect(Array.from(data)).toEqual(new Array(70).fill(value));
});

test("metadata that is broken or leads out of the folder is refused, with the file, what must be there and the cure", async () => {
  const wrong = async (version: 2 | 3, change: (metadata: Record<string, unknown>) => unknown) => {
    const folder = place("wrong");
    const file = version === 2 ? ".zarray" : "zarr.json";
    cpSync(theirs(version === 2 ? "v2-zstd" : "v3-zstd"), folder, { recursive: true });
    const metadata = JSON.parse(readFileSync(join(folder, file), "utf8"));
    const changed = change(metadata) ?? metadata;
    writeFileSync(join(folder, file), typeof changed === "string" ? changed : JSON.stringify(changed));
    const error = await da.fromZarr(folder).then(
      () => undefined,
      (reason: Error) => reason,
    );
    return `${error?.name}: ${error?.message.replaceAll(folder, "FOLDER")}`;
  };
  const set = (fields: object) => (metadata: Record<string, unknown>) => ({ ...metadata, ...fields });
  const cure = ": mend the file or store the array again";
  expect(await wrong(3, () => "{")).toMatch(/^StorageError: FOLDER\/zarr\.json is no JSON .*store the array again$/);
  expect(await wrong(3, () => "[1]")).toMatch(/^StorageError: FOLDER\/zarr\.json is no JSON object/);
  expect(await wrong(3, set({ shape: [7, -1] }))).toBe(
    `StorageError: FOLDER/zarr.json: shape is [7,-1] and must be a list of whole numbers from 0 up${cure}`,
  );
  expect(await wrong(3, set({ chunk_grid: { name: "regular", configuration: { chunk_shape: [0, 4] } } }))).toBe(
    "StorageError: FOLDER/zarr.json: the chunk shape is [0,4] and must be a whole number from 1 up for each axis of " +
      `shape [7,10]${cure}`,
  );
  expect(await wrong(3, set({ chunk_grid: { name: "rectangular" } }))).toContain('must be "regular"');
  const leading = { name: "default", configuration: { separator: "/../../" } };
  expect(await wrong(3, set({ chunk_key_encoding: leading }))).toBe(
    `StorageError: FOLDER/zarr.json: the separator of chunk keys is "/../../" and must be "/" or "."${cure}`,
  );
  expect(await wrong(3, set({ codecs: [{ name: "bytes" }, { name: "made-up" }] }))).toBe(
    'StorageError: FOLDER/zarr.json names the codec "made-up", which is not there: store the array with zstd, gzip, blosc or without',
  );
  expect(await wrong(3, set({ data_type: "float16" }))).toMatch(
    /^DTypeError: FOLDER\/zarr\.json holds elements of type "float16", arrays here are float64, .*convert it in Python/,
  );
  expect(await wrong(3, set({ fill_value: "many" }))).toContain('fill_value is "many" and must be a float64 number');
});

test("metadata of version 2 is checked as well", async () => {
  const read = (name: string, fields: object) => da.fromZarr(byHand(name, "<f8", fields));
  await expect(read("separator", { dimension_separator: "../" })).rejects.toThrow('is "../" and must be "/" or "."');
  await expect(read("order", { order: "A" })).rejects.toThrow('order is "A" and must be "C" or "F"');
  await expect(read("chunks", { chunks: [2] })).rejects.toThrow("the chunk shape is [2] and must be");
  await expect(read("codec", { compressor: { id: "made-up" } })).rejects.toThrow('the codec "numcodecs.made-up"');
});

test("no key leads out of the folder of an array", () => {
  expect(placeInside("/data/x", "/c/0/1")).toBe("/data/x/c/0/1");
  for (const key of ["/../y", "/c/../../y", "/..", "/"]) {
    expect(() => placeInside("/data/x", key)).toThrow("leads out of /data/x");
  }
});

test("a chunk that was cut off or is no compressed data fails its task, and names itself", async () => {
  const folder = byHand("cut", "<f8");
  writeFileSync(join(folder, "1.0"), new Uint8Array(24));
  const x = await da.fromZarr(folder);
  await expect(x.sum().compute({ engine: engine() })).rejects.toMatchObject({
    name: "TaskError",
    cause: {
      name: "StorageError",
      message:
        `chunk [1, 0] of ${folder} has 3 elements, but a chunk of float64 [2, 4] has 8: it was not written to its end, ` +
        "or its metadata is wrong; store the array again",
    },
  });
  const compressed = place("no-zlib");
  cpSync(theirs("v2-zlib-fortran"), compressed, { recursive: true });
  writeFileSync(join(compressed, "1.1"), "no zlib");
  await expect((await da.fromZarr(compressed)).sum().compute({ engine: engine() })).rejects.toMatchObject({
    cause: { message: expect.stringContaining(`chunk [1, 1] of ${compressed} cannot be read (Failed to decode chunk`) },
  });
});

test("what is no array says so, and a group names its arrays", async () => {
  mkdirSync(place("group"));
  writeFileSync(join(place("group"), "zarr.json"), '{"zarr_format": 3, "node_type": "group"}');
  cpSync(theirs("v3-zstd"), join(place("group"), "x"), { recursive: true });
  await expect(da.fromZarr(place("group"))).rejects.toMatchObject({
    name: "StorageError",
    message:
      `${place("group")} is a Zarr group, not an array: give the path of one of its arrays, ` +
      `such as ${join(place("group"), "x")}`,
  });
  await expect(da.fromZarr(place("nothing"))).rejects.toThrow("has neither zarr.json nor .zarray");
  await expect(da.fromZarr("s3://bucket/x")).rejects.toThrow("is no local path");
  await expect(da.fromZarr("file://server/x")).rejects.toMatchObject({ name: "ArgumentError" });
  expect((await da.fromZarr(pathToFileURL(theirs("v3-zstd")))).shape).toEqual([7, 10]);
});

test("an array on a server is fetched chunk by chunk, each once a run; errors of the server name the file", async () => {
  const asked: string[] = [];
  const status = 404;
  const server = createServer(({ url = "" }, response) => {
    asked.push(url);
    try {
      response.end(status === 404 ? readFileSync(join(theirs("v3-zstd"), url.replace("/data/x/", ""))) : "");
    } catch {
      response.writeHead(status).end();
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/data/x`;
    const x = await da.fromZarr(url);
    expect(asked).toEqual(["/data/x/zarr.json"]);
    const centred = x.subtract(x.nanmean());
    expect(await centred.nansum().compute({ engine: engine() })).toBeCloseTo(0, 9);
    expect(asked.filter((path) => path.includes("/c/")).sort()).toEqual(
      [0, 1, 2].flatMap((i) => [0, 1, 2].map((j) => `/data/x/c/${i}/${j}`)),
    );
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test("a server that fails is no fill value", async () => {
  const server = createServer(({ url = "" }, response) => {
    if (url.endsWith("zarr.json")) response.end(readFileSync(join(theirs("v3-zstd"), "zarr.json")));
    else response.writeHead(503).end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect((await da.fromZarr(url)).sum().compute({ engine: engine() })).rejects.toMatchObject({
      name: "TaskError",
      cause: { name: "StorageError", message: expect.stringMatching(/^c\/\d\/\d of http.*503.*retries: 3/) },
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
