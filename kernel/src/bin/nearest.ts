/** More than this share of the letters wrong is another word, no slip. */
const MAX_WRONG = 0.4;

/** The word that was probably meant by `word`; undefined if none is like it. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const ranked = words.map((known) => ({ known, wrong: editDistance(word, known) })).sort((a, b) => a.wrong - b.wrong);
  const [best] = ranked;
  if (best === undefined) return undefined;
  return best.wrong <= MAX_WRONG * Math.max(word.length, best.known.length) ? best.known : undefined;
}

/** Letters to insert, remove or replace (Levenshtein 1966), one row of the table at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, replaced));
    }
    row = next;
  }
  return row[b.length];
}
