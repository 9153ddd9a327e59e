import { Resvg } from "@resvg/resvg-js";
import { encodePng } from "../../../kernel/src/dashboard/encode-png.js";

/** The pixels of a PNG as another program reads them. */
function decoded(png: Buffer, width: number, height: number): number[] {
  const data = `data:image/png;base64,${png.toString("base64")}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <image href="${data}" width="${width}" height="${height}" image-rendering="optimizeSpeed"/></svg>`;
  return [...new Resvg(svg).render().pixels];
}

/** Opaque pixels: red by column, green by row. */
function gradient(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height * 4 }, (_, i) => {
    const pixel = Math.floor(i / 4);
    return [(pixel % width) * 4, Math.floor(pixel / width) * 4, 128, 255][i % 4];
  });
}

test("a picture of at most 256 colours is kept as it is", async () => {
  const rgba = gradient(16, 16);
  expect(decoded(await encodePng(16, 16, rgba), 16, 16)).toEqual([...rgba]);
});

test("transparent pixels stay as transparent as they are", async () => {
  const rgba = new Uint8Array([200, 30, 40, 255, 0, 0, 0, 0, 128, 64, 0, 128, 0, 0, 0, 0]);
  expect(decoded(await encodePng(4, 1, rgba), 4, 1)).toEqual([...rgba]);
});

test("rare colours beyond 256 become one that is near", async () => {
  const rgba = gradient(20, 20);
  const read = decoded(await encodePng(20, 20, rgba), 20, 20);
  const changed = read.filter((value, i) => value !== rgba[i]).length;
  expect(changed).toBeGreaterThan(0);
  const farthest = Math.max(...read.map((value, i) => Math.abs(value - rgba[i])));
  expect(farthest).toBeLessThanOrEqual(32);
});

test("a rare half-transparent white becomes no opaque grey", async () => {
  const rgba = gradient(20, 20);
  rgba.set([0, 0, 0, 0, 0, 0, 0, 0, 250, 250, 250, 255, 250, 250, 250, 255, 128, 128, 128, 255, 128, 128, 128, 255]);
  rgba.set([100, 100, 100, 100], 4 * 399);
  const [red, , , alpha] = decoded(await encodePng(20, 20, rgba), 20, 20).slice(4 * 399);
  expect(red + 255 - alpha).toBe(255);
});
