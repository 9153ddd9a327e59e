/**
 * One message of the Jupyter protocol. Field names are those of the wire.
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#general-message-format
 * @module
 */
import { randomUUID } from "node:crypto";

/** Version of the messaging specification that this kernel speaks. */
export const PROTOCOL_VERSION = "5.5";

/** Who sent which message when. */
export interface Header {
  readonly msg_id: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly msg_type: string;
  readonly version: string;
}

/** The fields of a message; which ones depends on its type. */
export type Content = Readonly<Record<string, unknown>>;

/** One message, as it was read or will be written. */
export interface Message {
  /** routing frames before the delimiter: who gets a reply; the topic on iopub */
  readonly identities: readonly Uint8Array[];
  readonly header: Header;
  readonly parent_header: Header | Readonly<Record<string, never>>;
  readonly metadata: Content;
  readonly content: Content;
  /** binary frames after the content; they are sent without a copy, so nobody may change them afterwards */
  readonly buffers: readonly Uint8Array[];
}

/** What a message has besides its content. */
export interface Extras {
  readonly metadata?: Content;
  readonly buffers?: readonly Uint8Array[];
}

/** Identifies this kernel process in every header it writes. */
const session = randomUUID();
let written = 0;

/**
 * A message that this kernel sends of its own accord, on iopub.
 * @param parent header of the request that caused it, if one did
 */
export function newMessage(
  msgType: string,
  content: Content,
  parent: Header | undefined,
  extras: Extras = {},
): Message {
  const { metadata = {}, buffers = [] } = extras;
  const identities = [Buffer.from(msgType)];
  return { identities, header: newHeader(msgType), parent_header: parent ?? {}, metadata, content, buffers };
}

/** The reply to a request: same routing, the request as parent, `…_reply` for `…_request`. */
export function newReply(request: Message, content: Content, metadata: Content = {}): Message {
  const msgType = request.header.msg_type.replace(/_request$/, "_reply");
  return { ...newMessage(msgType, content, request.header, { metadata }), identities: request.identities };
}

function newHeader(msgType: string): Header {
  written += 1;
  return {
    msg_id: `${session}_${written}`,
    session,
    username: "kernel",
    date: new Date().toISOString(),
    msg_type: msgType,
    version: PROTOCOL_VERSION,
  };
}
