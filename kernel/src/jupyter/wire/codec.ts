/**
 * Frames of a zeromq message to a `Message` and back:
 * `[...identities, "<IDS|MSG>", signature, header, parent_header, metadata, content, ...buffers]`.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#wire-protocol
 * @module
 */
import { MessageError } from "../../errors.js";
import type { Content, Header, Message } from "./message.js";
import type { Signer } from "./signature.js";

/** One part of a zeromq message. */
export type Frame = Uint8Array;

/** Comes between routing and message. */
export const DELIMITER = Buffer.from("<IDS|MSG>");
/** A header of a client is below 1 KB; what is larger is no header. */
const MAX_HEADER_BYTES = 1 << 20;
/** V8 has no string above 512 MB; a cell of 64 MB is no cell. */
const MAX_CONTENT_BYTES = 64 << 20;

/** The frames of a message of this kernel, signed. */
export function encode(message: Message, signer: Signer): Frame[] {
  const parts = [message.header, message.parent_header, message.metadata, message.content].map((part) =>
    // Bytes, because the signature and the socket would each turn a string into its own.
    Buffer.from(JSON.stringify(part)),
  );
  return [...message.identities, DELIMITER, Buffer.from(signer.sign(parts)), ...parts, ...message.buffers];
}

/**
 * The message that frames hold, its signature checked.
 * @throws {MessageError} if frames are missing, too large, unsigned, replayed or not what the specification says
 */
export function decode(frames: readonly Uint8Array[], signer: Signer): Message {
  const delimiter = frames.findIndex((frame) => DELIMITER.equals(frame));
  if (delimiter < 0) throw malformed("has no delimiter <IDS|MSG>");
  const [signature, ...parts] = frames.slice(delimiter + 1, delimiter + 6);
  if (signature === undefined || parts.length < 4) {
    throw malformed(`has ${frames.length - delimiter - 1} frames after its delimiter, at least 5 are needed`);
  }
  checkSizes(parts);
  signer.verify(signature, parts);
  const [header, parent, metadata, content] = parts.map(parseFrame);
  return {
    identities: frames.slice(0, delimiter),
    header: asHeader(header),
    parent_header: Object.keys(parent).length === 0 ? {} : asHeader(parent),
    metadata,
    content,
    buffers: frames.slice(delimiter + 6),
  };
}

const PARTS = ["header", "parent_header", "metadata", "content"] as const;

function checkSizes(parts: readonly Uint8Array[]): void {
  parts.forEach((part, i) => {
    const most = PARTS[i] === "content" ? MAX_CONTENT_BYTES : MAX_HEADER_BYTES;
    if (part.length > most) throw malformed(`has a ${PARTS[i]} of ${part.length} bytes, the most is ${most}`);
  });
}

function parseFrame(part: Uint8Array, index: number): Content {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString("utf8"));
  } catch (cause) {
    throw malformed(`has a ${PARTS[index]} that is not JSON`, cause);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw malformed(`has a ${PARTS[index]} that is not a JSON object`);
  }
  return value as Content;
}

function asHeader(value: Content): Header {
  for (const field of ["msg_id", "msg_type"]) {
    if (typeof value[field] !== "string" || value[field] === "") throw malformed(`has a header without ${field}`);
  }
  const text = (field: string) => (typeof value[field] === "string" ? value[field] : "");
  return {
    ...scalarsOf(value),
    msg_id: text("msg_id"),
    msg_type: text("msg_type"),
    session: text("session"),
    username: text("username"),
    date: text("date"),
    version: text("version"),
  };
}

/**
 * The fields the client sent go back to it as they came, also those the specification does not name. Not so
 * lists and objects, which no header has: one that is nested deeply enough could be read but not written.
 */
function scalarsOf(value: Content): Content {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => typeof field !== "object" || field === null));
}

function malformed(what: string, cause?: unknown): MessageError {
  return new MessageError(`A message ${what}: the client must follow the wire protocol of Jupyter`, {}, { cause });
}
