// Prints how a run ends whose task takes all memory that its thread may have, and what the next run gives.
import { delayed } from "../../kernel/dist/index.js";

const fill = () => {
  const kept = [];
  for (;;) kept.push(new Array(100_000).fill(kept));
};
const error = await delayed(fill, { name: "hungry" })()
  .compute()
  .catch((thrown) => thrown);
const next = await delayed((x) => x + 1)(1).compute();
process.stdout.write(JSON.stringify([error.message, error.facts, next]));
