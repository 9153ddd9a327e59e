// One job of out-of-core.bench.mjs in a process of its own: node out-of-core-child.mjs JOB BYTES LIMIT FOLDER.
// Prints its milliseconds and the highest resident set that the process had, in bytes.
import { da } from "../../kernel/dist/index.js";

/** Elements of a row, which is a block of 8 MB. */
const COLUMNS = 1_000_000;

const [job, bytes, limit, folder] = process.argv.slice(2);
const options = { memoryLimit: Number(limit), progress: false };
const shape = [Number(bytes) / 8 / COLUMNS, COLUMNS];
const npy = (name) => da.fromNpy(`${folder}/${name}.npy`, { chunks: [1, COLUMNS] });
const random = () => da.random.normal({ shape, chunks: [1, COLUMNS], seed: 1 });

/** x - mean is written twice: one object would be stored between its two uses, instead of x being read again. */
function standardised(x) {
  const centred = x.subtract(x.mean());
  return x.subtract(x.mean()).divide(centred.multiply(centred).mean().sqrt());
}

async function check(y) {
  const mean = await y.mean().compute(options);
  const variance = await y.multiply(y).mean().compute(options);
  if (Math.abs(mean) > 1e-9 || Math.abs(variance - 1) > 1e-9) throw new Error(`mean ${mean}, variance ${variance}`);
}

const jobs = {
  reduce: () => random().mean().compute(options),
  makeNpy: () => random().toNpy(`${folder}/x.npy`, options),
  makeZarr: () => random().toZarr(`${folder}/x.zarr`, options),
  npy: () => standardised(npy("x")).toNpy(`${folder}/y.npy`, options),
  zarr: async () => standardised(await da.fromZarr(`${folder}/x.zarr`)).toZarr(`${folder}/y.zarr`, options),
  check: async () => {
    await check(npy("y"));
    await check(await da.fromZarr(`${folder}/y.zarr`));
  },
};
const start = performance.now();
await jobs[job]();
console.log(JSON.stringify({ ms: performance.now() - start, rss: process.resourceUsage().maxRSS * 1024 }));
process.exit(0);
