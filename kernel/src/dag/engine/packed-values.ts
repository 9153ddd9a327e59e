/**
 * Many encoded values in one message: small serialized values share one buffer, because a message with a
 * thousand small buffers takes longer than the tasks that made them.
 * @module
 */
import { type Encoded, isBytes } from "./value.js";

export interface PackedValues {
  /** one per value; 0 stands where the value is a span of `bytes` */
  readonly inline: readonly Encoded[];
  readonly bytes: Uint8Array;
  /** index in `inline`, start and end in `bytes`; three numbers per span */
  readonly spans: readonly number[];
}

/** bytes above this travel in their own buffer: copying them costs more than one more buffer */
const ownBuffer = 65_536;
const none = new Uint8Array(0);

/** Values in a form for one message. */
export function packValues(values: readonly Encoded[]): PackedValues {
  let total = 0;
  for (const value of values) if (isBytes(value) && value.byteLength < ownBuffer) total += value.byteLength;
  if (total === 0)
    return { inline: values.some(isPartOfBuffer) ? values.map(withOwnBuffer) : values, bytes: none, spans: [] };
  const bytes = new Uint8Array(total);
  const spans: number[] = [];
  let end = 0;
  const inline = values.map((value, i) => {
    if (!isBytes(value) || value.byteLength >= ownBuffer) return withOwnBuffer(value);
    bytes.set(value, end);
    spans.push(i, end, end + value.byteLength);
    end += value.byteLength;
    return 0;
  });
  return { inline, bytes, spans };
}

/** The values that `packValues` packed; small ones are views of the message's one buffer. */
export function unpackValues({ inline, bytes, spans }: PackedValues): readonly Encoded[] {
  if (spans.length === 0) return inline;
  const values = inline.slice();
  for (let i = 0; i < spans.length; i += 3) values[spans[i]] = bytes.subarray(spans[i + 1], spans[i + 2]);
  return values;
}

/** The buffers that may move with the message instead of being copied, for a sender that drops its values. */
export function buffersOf({ inline, bytes }: PackedValues): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  if (bytes.byteLength > 0) buffers.add(bytes.buffer as ArrayBuffer);
  for (const value of inline) if (isBytes(value)) buffers.add(value.buffer as ArrayBuffer);
  return [...buffers];
}

// Structured clone copies the whole buffer under a view, however small the view is.
function isPartOfBuffer(value: Encoded): boolean {
  return isBytes(value) && value.byteLength < value.buffer.byteLength;
}

function withOwnBuffer(value: Encoded): Encoded {
  return isPartOfBuffer(value) ? (value as Uint8Array).slice() : value;
}
