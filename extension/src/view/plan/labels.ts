/** Width of one letter, of the widest fonts in use (DejaVu): text must never need more than was planned. */
const MONO_LETTER = 0.603;
const UI_LETTER = 0.64;

/** Most pixels `text` takes in the code font. */
export function codeWidth(text: string, fontSize: number): number {
  return text.length * fontSize * MONO_LETTER;
}

/** Most pixels `text` takes in the interface font. */
export function textWidth(text: string, fontSize: number): number {
  return text.length * fontSize * UI_LETTER;
}

/** Letters of the code font that fit into `width`. */
export function codeLetters(width: number, fontSize: number): number {
  return Math.max(1, Math.floor(width / (fontSize * MONO_LETTER)));
}

/** Name of a card: its first function, cut to fit, and how many more share it ("load +2"). */
export function shortenCard({ name, more }: { readonly name: string; readonly more: number }, letters: number): string {
  const rest = more > 0 ? ` +${more}` : "";
  return shorten(name, letters - rest.length) + rest;
}

/** Below this a name is cut at its end. */
const MIDDLE_FROM = 12;

/** `text` cut to `letters` by an ellipsis near its end: what was fused last, or the number of a part, often tells most. */
export function shorten(text: string, letters: number): string {
  if (text.length <= letters) return text;
  const tail = letters < MIDDLE_FROM ? 0 : Math.floor(letters / 3);
  return `${text.slice(0, Math.max(1, letters - 1 - tail))}…${text.slice(text.length - tail)}`;
}
