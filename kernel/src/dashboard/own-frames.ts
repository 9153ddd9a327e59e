/**
 * Stacks as they are shown and saved with a notebook: without what only this package knows.
 * @module
 */
import { fileURLToPath } from "node:url";

const ownRoot = fileURLToPath(new URL("../", import.meta.url));

/** The stack without the frames of this package, of its pool and of Node, which name files of one machine. */
export function withoutOwnFrames(stack: string): string {
  return stack
    .split("\n")
    .filter((line) => !/^\s+at /.test(line) || !isOwn(line))
    .join("\n");
}

function isOwn(frame: string): boolean {
  return (
    frame.includes(ownRoot) || frame.includes("/node_modules/piscina/") || /\(?node:[\w/]+:\d+:\d+\)?$/.test(frame)
  );
}
