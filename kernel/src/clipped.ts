/** `text` cut to `limit` characters, with an ellipsis where something is missing. */
export function clipped(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = limit - 1;
  // A pair of surrogates is one character: half of it would be no text.
  const isSplit = /[\uD800-\uDBFF]/.test(text[end - 1]);
  return `${text.slice(0, isSplit ? end - 1 : end)}…`;
}
