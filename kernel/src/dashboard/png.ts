/**
 * The final picture as pixels, for viewers that refuse SVG (GitHub, untrusted notebooks, LaTeX).
 * @module
 */
import { encodePng } from "./encode-png.js";

/**
 * @param svg written by this package
 * @returns the PNG in base64
 * @throws if the renderer is not installed for this platform
 */
export async function pngOf(svg: string): Promise<string> {
  const { renderAsync } = await import("@resvg/resvg-js");
  // Rendering runs on a thread of its own; loading the system's fonts is most of its time.
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: true },
  });
  const png = await encodePng(image.width, image.height, image.pixels);
  return png.toString("base64");
}
