/** Characters as the messaging specification counts them since version 5.2; JavaScript counts most emoji as two. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** The code before and after a place that is counted in code points. */
export function splitAt(code: string, cursorPos: number): { readonly before: string; readonly after: string } {
  const before = [...code].slice(0, cursorPos).join("");
  return { before, after: code.slice(before.length) };
}
