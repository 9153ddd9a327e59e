import process from "node:process";
import { Readable } from "node:stream";

/**
 * Cells have no standard input: who reads it finds its end at once, where the real one might wait for ever.
 * @returns gives the real one back
 */
export function emptyStdin(): () => void {
  const real = Object.getOwnPropertyDescriptor(process, "stdin");
  let stream: Readable | undefined;
  const get = (): Readable => {
    // A stream that was read to its end gives an error to the next reader.
    if (stream === undefined || stream.destroyed) stream = emptyStream();
    return stream;
  };
  Object.defineProperty(process, "stdin", { configurable: true, enumerable: true, get });
  return () => {
    if (real !== undefined) Object.defineProperty(process, "stdin", real);
  };
}

function emptyStream(): Readable {
  const stream = new Readable({
    read() {
      this.push(null);
    },
  });
  return Object.assign(stream, { fd: 0, isTTY: false });
}
