/** Lines that are written as they come. */
const FIRST = 10;
/** After this time as many again. */
const PERIOD_MS = 60_000;

/**
 * A log for what strangers can cause as often as they like, such as messages without a signature: a flood of
 * them must not fill the disk. The first ten lines of a minute are written, the others counted.
 */
export function limitedLog(log: (text: string) => void): (text: string) => void {
  let lines = 0;
  const summarize = () => {
    if (lines > FIRST) log(`${lines - FIRST} more lines like these in a minute were left out`);
    lines = 0;
  };
  return (text) => {
    // The timer must not keep a kernel alive that ends.
    if (lines === 0) setTimeout(summarize, PERIOD_MS).unref();
    lines += 1;
    if (lines <= FIRST) log(text);
  };
}
