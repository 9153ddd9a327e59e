// npm run setup [-- --tests]: makes everything ready; does only what is missing.
import { finish, say } from "./lib/say.mjs";
import { setUp } from "./lib/setup.mjs";

await finish(async () => {
  await setUp({ tests: process.argv.includes("--tests") });
  say("ready: npm start");
});
