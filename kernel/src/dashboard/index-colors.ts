/** Entries of the palette of a PNG, at most. */
const MOST_COLORS = 256;

/** Red, green and blue, multiplied by alpha, and alpha: 0 … 255. */
export type Color = readonly [red: number, green: number, blue: number, alpha: number];

/** A picture as places in a list of colours. */
export interface IndexedPicture {
  readonly palette: readonly Color[];
  /** one for each pixel */
  readonly indices: Uint8Array;
}

/**
 * Finds the most frequent colours of a picture; each of the others, which edges of letters are full of, becomes the
 * nearest of them.
 * @param rgba 4 bytes a pixel, colours multiplied by alpha
 */
export function indexColors(rgba: Uint8Array): IndexedPicture {
  const pixels = new DataView(rgba.buffer, rgba.byteOffset, rgba.byteLength);
  const n = rgba.byteLength / 4;
  const counts = new Map<number, number>();
  for (let from = 0; from < n; ) {
    // Most pixels are as the one before: runs are counted at once.
    const color = pixels.getUint32(4 * from);
    let to = from + 1;
    while (to < n && pixels.getUint32(4 * to) === color) to++;
    counts.set(color, (counts.get(color) ?? 0) + to - from);
    from = to;
  }
  const byCount = [...counts].sort((a, b) => b[1] - a[1]).map(([color]) => color);
  const palette = byCount.slice(0, MOST_COLORS).map(channels);
  const places = new Map(byCount.map((color, place) => [color, place < MOST_COLORS ? place : nearest(color, palette)]));
  const indices = new Uint8Array(n);
  for (let pixel = 0; pixel < n; pixel++) indices[pixel] = places.get(pixels.getUint32(4 * pixel)) ?? 0;
  return { palette, indices };
}

function channels(color: number): Color {
  return [color >>> 24, (color >>> 16) & 255, (color >>> 8) & 255, color & 255];
}

/** Place of the colour that looks most alike on black and on white pages together. */
function nearest(color: number, palette: readonly Color[]): number {
  const wanted = channels(color);
  const distances = palette.map((entry) => distance(entry, wanted));
  return distances.indexOf(Math.min(...distances));
}

/** Of two colours that are multiplied by their alpha: on black they are what they are, white shines through. */
function distance(a: Color, b: Color): number {
  const through = b[3] - a[3];
  return [0, 1, 2].reduce((sum, k) => sum + (a[k] - b[k]) ** 2 + (a[k] - b[k] + through) ** 2, 0);
}
