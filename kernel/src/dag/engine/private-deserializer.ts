/**
 * Reads what `v8.serialize` wrote, with memory of its own for every typed array.
 * @module
 */
import { Buffer } from "node:buffer";
import { DefaultDeserializer } from "node:v8";

interface HostObjectReader {
  _readHostObject(): ArrayBufferView;
}
// Documented by Node as the hook for subclasses, but not in its types.
const base = DefaultDeserializer.prototype as unknown as HostObjectReader;

/**
 * Node's own deserializer gives typed arrays that are views of the bytes it reads: a task that writes to
 * its argument would change it for the other tasks that read the same bytes, and a small array would keep
 * all bytes of its batch alive.
 */
class PrivateDeserializer extends DefaultDeserializer {
  _readHostObject(): ArrayBufferView {
    const view = base._readHostObject.call(this);
    const { buffer, byteOffset, byteLength } = view;
    if (Buffer.isBuffer(view)) return Buffer.from(view);
    const copy = buffer.slice(byteOffset, byteOffset + byteLength);
    return new (view.constructor as new (buffer: ArrayBufferLike) => ArrayBufferView)(copy);
  }
}

/** The value whose bytes `v8.serialize` gave. */
export function deserializePrivately(bytes: Uint8Array): unknown {
  const reader = new PrivateDeserializer(bytes);
  reader.readHeader();
  return reader.readValue();
}
