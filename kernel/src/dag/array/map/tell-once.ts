/** Functions that were told; all of them are forgotten at this number, so that a loop that makes functions has a bound. */
const MOST_TOLD = 2_000;

const told = new Set<string>();

/**
 * Says on stderr, once for a function, that JavaScript calls it for every element, and why.
 * @param source the text of the function: two functions of one text are one
 */
export function tellOnce(source: string, label: string, reason: string): void {
  const id = `${label} ${source}`;
  if (told.has(id)) return;
  if (told.size >= MOST_TOLD) told.clear();
  told.add(id);
  process.stderr.write(
    `dagbook: da.map could not compile ${label}: ${reason}. It runs as a loop of JavaScript on the workers, with the ` +
      "same values but slower.\n",
  );
}
