import { Buffer } from "node:buffer";
import { types } from "node:util";
import { clipped } from "../../clipped.js";
import { ArgumentError } from "../../errors.js";
import { formatBytes } from "../../format-bytes.js";
import type { MimeBundle } from "../session.js";
import { shortly } from "./shortly.js";

/** Kinds of pictures that are files of bytes. */
export type ImageKind = "png" | "jpeg";

/** The bytes that a file of the kind begins with. */
const signatures: Readonly<Record<ImageKind, readonly number[]>> = {
  png: [0x89, 0x50, 0x4e, 0x47],
  jpeg: [0xff, 0xd8, 0xff],
};

/**
 * A picture as a bundle; its bytes are copied.
 * @param content bytes of a file, or the same in base64, as a data URL too
 * @throws {ArgumentError} if it is no file of that kind
 */
export function imageBundle(kind: ImageKind, content: unknown): MimeBundle {
  const mime = `image/${kind}`;
  const base64 = typeof content === "string" ? base64Of(kind, content) : bytesOf(kind, content).toString("base64");
  const head = Buffer.from(base64.slice(0, 16), "base64");
  if (!signatures[kind].every((byte, index) => head[index] === byte)) {
    const got = head.length === 0 ? "nothing" : `data that begins with ${head.subarray(0, 4).toString("hex")} (hex)`;
    throw new ArgumentError(`display.${kind} got ${got}, which is no ${kind.toUpperCase()} file: ${cure(kind)}`);
  }
  const size = formatBytes(Math.floor((base64.replace(/=+$/, "").length * 3) / 4));
  return { [mime]: base64, "text/plain": `[${mime} of ${size}]` };
}

function bytesOf(kind: ImageKind, content: unknown): Buffer {
  if (ArrayBuffer.isView(content)) return Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (types.isAnyArrayBuffer(content)) return Buffer.from(content);
  throw new ArgumentError(`display.${kind} got ${shortly(content)}: ${cure(kind)}`);
}

function base64Of(kind: ImageKind, text: string): string {
  const base64 = text.replace(/^data:image\/\w+;base64,/, "").replace(/\s+/g, "");
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return base64;
  throw new ArgumentError(
    `display.${kind} got ${JSON.stringify(clipped(text, 100))}, which is no base64: ${cure(kind)}`,
  );
}

function cure(kind: ImageKind): string {
  return `give its bytes or their base64, as display.${kind}(await fs.promises.readFile("chart.${kind}"))`;
}
