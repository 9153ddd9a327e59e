// Computes products and factorizations on worker threads of a plain process; prints their errors as JSON.
import { da } from "../../kernel/dist/dag/array/index.js";
import { compute } from "../../kernel/dist/dag/compute.js";
import { context } from "../../kernel/dist/dag/context.js";
import { arena } from "../../kernel/dist/dag/memory/arena.js";

const workers = 3;
const x = await da.random.normal({ shape: [400, 60], chunks: [50, 60], seed: 1 }).persist();
const square = x.T.matmul(x);
const [q, r] = da.linalg.qr(x);
const [u, s, vt] = da.linalg.svd(x);
const lower = da.linalg.cholesky(square.rechunk(7));
const errors = [
  // the same sums in another order: by elements
  square.slice(3, 5).subtract(x.slice(":, 3").multiply(x.slice(":, 5")).sum()),
  q.matmul(r).subtract(x),
  u.multiply(s).matmul(vt).subtract(x),
  lower.matmul(lower.T).subtract(square),
  da.linalg.solve(square, da.dot(square, s)).subtract(s),
  da.linalg.norm(x).subtract(x.power(2).sum().sqrt()),
];
const largest = await compute(...errors.map((error) => error.abs().max()));
const indefinite = da.fromArray([
  [1, 2],
  [2, 1],
]);
const error = await da.linalg
  .cholesky(indefinite)
  .compute({ workers })
  .catch((thrown) => `${thrown.cause.name}: ${thrown.cause.message}`);
const used = arena().used;
await x.matmul(x.T).sum().compute({ workers });
const isFreed = arena().used === used;

// 256 blocks of a result, each a sum of 8 products; they are added up as they come
const BLOCK = 100;
const factor = (shape, seed) => da.random.uniform({ shape, chunks: BLOCK, seed }).persist();
const left = await factor([16 * BLOCK, 8 * BLOCK], 2);
const right = await factor([8 * BLOCK, 16 * BLOCK], 3);
const before = arena().used;
await left.matmul(right).sum().compute({ workers });
const mostHeld = (arena().peak - before) / (8 * BLOCK ** 2);
process.stdout.write(JSON.stringify({ largest, error, isFreed, mostHeld }));
await (await context.engine()).close();
