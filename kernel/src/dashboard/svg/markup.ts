/**
 * SVG as text.
 * @module
 */

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element; attributes that are undefined are left out, content is markup already. */
export function element(name: string, attributes: Attributes, ...content: readonly string[]): string {
  let text = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) text += ` ${key}="${typeof value === "number" ? short(value) : escaped(value)}"`;
  }
  return content.length === 0 ? `${text}/>` : `${text}>${content.join("")}</${name}>`;
}

/** User text as content: markup characters escaped, control characters (no XML has them) dropped. */
export function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** A coordinate to a tenth of a pixel. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A filled rectangle; nothing if it would not be seen. */
export function rect(x: number, y: number, width: number, height: number, fill: Attributes): string {
  return width < 0.05 ? "" : element("rect", { x, y, width, height, ...fill });
}

/** Text at a baseline, escaped. */
export function label(x: number, y: number, content: string, look: Attributes = {}): string {
  return element("text", { x, y, ...look }, escaped(content));
}
