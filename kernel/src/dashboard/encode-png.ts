import { promisify } from "node:util";
import { crc32, deflate } from "node:zlib";
import { type Color, indexColors } from "./index-colors.js";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** one byte a pixel, its place in the palette; deflate, no interlacing */
const FORMAT = [8, 3, 0, 0, 0];

/**
 * Pixels as a PNG with a palette (https://www.w3.org/TR/png-3/): of a drawing of flat colours and text a third as large as
 * one with four bytes a pixel. Rows are not filtered, which would help photographs only.
 * @param rgba rows of pixels from the top, 4 bytes each, colours multiplied by alpha as renderers keep them; colours beyond the 256 most frequent become the nearest of these
 */
export async function encodePng(width: number, height: number, rgba: Uint8Array): Promise<Buffer> {
  const { palette, indices } = indexColors(rgba);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set(FORMAT, 8);
  // Each row begins with the number of its filter: 0 for none.
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette.flatMap(straight))),
    chunk("tRNS", Buffer.from(palette.map(([, , , alpha]) => alpha))),
    chunk("IDAT", await promisify(deflate)(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Red, green and blue of a colour that was multiplied by its alpha. */
function straight([red, green, blue, alpha]: Color): number[] {
  return [red, green, blue].map((value) => (alpha === 0 ? 255 : Math.round((255 * value) / alpha)));
}

/** Length, type, data, and the checksum of the last two. */
function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(content), 4);
  return Buffer.concat([ends.subarray(0, 4), content, ends.subarray(4)]);
}
