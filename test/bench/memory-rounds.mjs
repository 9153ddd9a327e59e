// Computes 800 MB of array blocks a round, then drops them; prints the resident memory of the process after each, in MB.
import { da } from "../../kernel/dist/index.js";

const ELEMENTS = 100_000_000;
const rounds = Number(process.argv[2]);
const resident = [];
for (let seed = 0; seed < rounds; seed++) {
  const x = await da.random.uniform({ shape: [ELEMENTS], seed }).persist();
  await x.sum().compute();
  resident.push(Math.round(process.memoryUsage.rss() / 1e6));
}
process.stdout.write(JSON.stringify(resident));
process.exit(0);
