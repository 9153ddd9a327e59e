// What set-up prints: one line a step, one clear message with the cure when a step fails.

/** A failure that the user can mend: printed without a stack. */
export class Cure extends Error {}

export function say(text) {
  console.log(`dagbook: ${text}`);
}

/** Runs `main` and ends the process; a Cure is printed as it is, anything else with its stack. */
export async function finish(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Cure ? `\ndagbook: ${error.message}\n` : error);
    process.exitCode = 1;
  }
}
