import { readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { da } from "../../../../../kernel/src/dag/array/index.js";
import { readNpyHeader } from "../../../../../kernel/src/dag/array/storage/npy-header.js";
import { dtypes } from "../../../../../kernel/src/dag/memory/dtype.js";
import type { NDArray } from "../../../../../kernel/src/dag/memory/nd-array.js";
import { taskCount } from "../../../../support/evaluate.js";
import { numpy } from "../../../../support/numpy.js";
import { quoted, smallNumbers, storageFixture } from "../../../../support/storage.js";

const { engine, place } = storageFixture();

/** NumPy saves expressions of `a` under names. */
function save(a: NDArray, expressions: Readonly<Record<string, string>>): void {
  numpy(
    Object.entries(expressions).map(([name, expression]) => ({
      expression: `[np.save(${quoted(place(name))}, ${expression}), 0][1]`,
      variables: { a },
    })),
  );
}

/** What NumPy loads. */
function load(...names: readonly string[]) {
  return numpy(names.map((name) => ({ expression: `np.load(${quoted(place(name))})`, variables: {} })));
}

function valuesOf(value: NDArray | number): unknown {
  return typeof value === "number" ? value : value.tolist();
}

test.each(dtypes)(
  "a %s array that NumPy saved is read in blocks of any size, in C and in Fortran order",
  async (dtype) => {
    const a = smallNumbers([5, 4, 6]);
    save(a, { "c.npy": `a.astype("${dtype}")`, "f.npy": `np.asfortranarray(a.astype("${dtype}"))` });
    const expected = da.fromArray(a).astype(dtype).compute({ engine: engine() });
    for (const name of ["c.npy", "f.npy"]) {
      for (const chunks of [undefined, 1, [2, 3, 4], [5, 4, 1], [1, 4, 6], -1] as const) {
        const x = da.fromNpy(place(name), chunks === undefined ? {} : { chunks });
        expect([x.dtype, x.shape]).toEqual([dtype, [5, 4, 6]]);
        expect(valuesOf(await x.compute({ engine: engine() }))).toEqual((await expected).tolist());
      }
    }
  },
);

test.each(dtypes)("NumPy loads the %s array that toNpy wrote, cut anywhere", async (dtype) => {
  const a = smallNumbers([5, 4, 6]);
  const x = da.fromArray(a, { chunks: [2, 3, 4] }).astype(dtype);
  const stored = await x.toNpy(place(`${dtype}.npy`), { engine: engine() });
  const [loaded] = load(`${dtype}.npy`);
  const [expected] = numpy([{ expression: `a.astype("${dtype}")`, variables: { a } }]);
  expect(loaded).toEqual(expected);
  expect((await stored.compute({ engine: engine() })).tolist()).toEqual(
    (await x.compute({ engine: engine() })).tolist(),
  );
});

test("NaN, infinities, -0 and subnormals keep their bits", async () => {
  const data = Float64Array.of(Number.NaN, Infinity, -Infinity, -0, 5e-324, 1 / 3);
  await da.fromArray(data, { chunks: 4 }).toNpy(place("special.npy"), { engine: engine() });
  const back = await da.fromNpy(place("special.npy"), { chunks: 5 }).compute({ engine: engine() });
  expect(new BigInt64Array(back.data.slice().buffer)).toEqual(new BigInt64Array(data.buffer));
});

test("arrays without axes and without elements go there and back", async () => {
  const options = { engine: engine() };
  await da.full([], 3).toNpy(place("scalar.npy"), options);
  await da.zeros([0, 3]).toNpy(place("empty.npy"), options);
  const [scalar, empty] = load("scalar.npy", "empty.npy");
  expect(scalar).toEqual({ dtype: "float64", shape: [], values: [3] });
  expect(empty).toEqual({ dtype: "float64", shape: [0, 3], values: [] });
  expect(await da.fromNpy(place("scalar.npy")).compute(options)).toBe(3);
  expect((await da.fromNpy(place("empty.npy")).compute(options)).shape).toEqual([0, 3]);
});

test("the header is byte for byte the one that NumPy writes", async () => {
  for (const shape of [[3], [2, 3], [], [0, 4]]) {
    save(smallNumbers(shape), { "theirs.npy": "a" });
    await da.fromArray(smallNumbers(shape)).toNpy(place("ours.npy"), { engine: engine(), overwrite: true });
    expect(readFileSync(place("ours.npy"))).toEqual(readFileSync(place("theirs.npy")));
  }
});

test("headers of versions 2 and 3 are read", () => {
  for (const version of [2, 3]) {
    const write = `np.lib.format.write_array(open(${quoted(place("versioned.npy"))}, "wb"), a, version=(${version}, 0))`;
    numpy([{ expression: `[${write}, 0][1]`, variables: { a: smallNumbers([2, 3]) } }]);
    expect(readNpyHeader(place("versioned.npy"))).toMatchObject({ dtype: "float64", shape: [2, 3], isFortran: false });
  }
});

test("a dtype converts the elements when they are read", async () => {
  save(smallNumbers([4, 3]), { "narrow.npy": 'a.astype("int16")' });
  const x = da.fromNpy(place("narrow.npy"), { dtype: "float32" });
  expect(x.dtype).toBe("float32");
  const [expected] = numpy([
    { expression: 'a.astype("int16").astype("float32")', variables: { a: smallNumbers([4, 3]) } },
  ]);
  expect(Array.from((await x.compute({ engine: engine() })).data)).toEqual(expected.values);
});

test("blocks are whole rows of the file unless chunks are given", () => {
  save(smallNumbers([4, 3]), { "rows.npy": "np.zeros((4096, 1024))" });
  expect(da.fromNpy(place("rows.npy")).chunks).toEqual([[1024, 1024, 1024, 1024], [1024]]);
});

test("what is no whole .npy file of our element types is refused, with the file, the reason and the cure", () => {
  save(smallNumbers([3, 4]), {
    "half.npy": 'a.astype("float16")',
    "big.npy": 'a.astype(">f8")',
    "record.npy": 'np.zeros(2, dtype=[("x", "f8")])',
    "short.npy": "a",
    "broken.npy": "a",
  });
  truncateSync(place("short.npy"), 150);
  writeFileSync(place("text.npy"), "1,2,3");
  const bytes = readFileSync(place("broken.npy"));
  writeFileSync(place("broken.npy"), bytes.toString("latin1").replace("'shape'", "'shade'"), "latin1");
  const messages = ["half", "big", "record", "short", "text", "broken", "absent"].map((name) => {
    try {
      da.fromNpy(place(`${name}.npy`));
      return "read";
    } catch (error) {
      const { name: kind, message } = error as Error;
      expect(message).toContain(place(`${name}.npy`));
      return `${kind}: ${message.replaceAll(place(`${name}.npy`), "FILE")}`;
    }
  });
  expect(messages).toEqual([
    expect.stringMatching(/^DTypeError: FILE holds elements of type <f2, .*convert it with numpy\.save/),
    expect.stringMatching(/^DTypeError: FILE holds elements of type >f8, .*little endian: convert it with/),
    expect.stringMatching(/^DTypeError: FILE holds elements of type a record/),
    "StorageError: FILE has 150 bytes, but float64 [3, 4] takes 224: it was not written to its end; save it again",
    expect.stringMatching(/^StorageError: FILE is no \.npy file.*write it with numpy\.save/),
    expect.stringMatching(
      /^StorageError: the header of FILE is broken .*'shade'.*names descr, fortran_order and shape/,
    ),
    expect.stringMatching(/^StorageError: FILE cannot be read \(ENOENT.*give the path of a \.npy file/),
  ]);
});

test("a file that became shorter after it was opened fails the task that misses its end", async () => {
  save(smallNumbers([100]), { "shrunk.npy": "a" });
  const x = da.fromNpy(place("shrunk.npy"), { chunks: 10 });
  truncateSync(place("shrunk.npy"), 500);
  await expect(x.sum().compute({ engine: engine() })).rejects.toMatchObject({
    name: "TaskError",
    cause: { name: "StorageError", message: expect.stringContaining("it became shorter since it was opened") },
  });
});

test("a kernel reads its own block itself; blocks that several kernels need are read once, for these kernels", async () => {
  const a = smallNumbers([8, 8]);
  save(a, { "twice.npy": "a" });
  const x = da.fromNpy(place("twice.npy"), { chunks: 4 });
  const centred = x.subtract(x.mean());
  expect(String(centred.visualize())).not.toContain("from-npy");
  const symmetric = x.add(x.T);
  expect(taskCount(symmetric)).toBe(4 + 4);
  const [expected, sum] = numpy([
    { expression: "a - a.mean()", variables: { a } },
    { expression: "a + a.T", variables: { a } },
  ]);
  expect(Array.from((await centred.compute({ engine: engine() })).data)).toEqual(expected.values);
  expect(Array.from((await symmetric.compute({ engine: engine() })).data)).toEqual(sum.values);
});

test("a file that is there is replaced only if overwrite says so, also by what is read from it", async () => {
  const options = { engine: engine() };
  await da.arange(10, { chunks: 3 }).toNpy(place("own.npy"), options);
  const x = da.fromNpy(place("own.npy"), { chunks: 4 });
  await expect(x.add(1).toNpy(place("own.npy"), options)).rejects.toMatchObject({
    name: "StorageError",
    message: `${place("own.npy")} is there already: give another path, or { overwrite: true } to replace it`,
  });
  await x.add(1).toNpy(place("own.npy"), { ...options, overwrite: true });
  expect(load("own.npy")[0].values).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(readdirSync(place(".")).filter((name) => name.startsWith("own.npy"))).toEqual(["own.npy"]);
});
