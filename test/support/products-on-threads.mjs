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
process.stdout.write(JSON.stringify({ largest, error, isFreed: arena().used === used }));
await (await context.engine()).close();
