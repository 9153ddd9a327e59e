/**
 * Paths that users write.
 * @module
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { ArgumentError } from "../../../errors.js";

/**
 * The absolute path of a path or file URL.
 * @param owner who was given it, for the error
 * @throws {ArgumentError} if it is no text, or a URL of something that is no file
 */
export function localPath(owner: string, path: string | URL): string {
  const text = typeof path === "object" && path !== null && "href" in path ? path.href : path;
  if (typeof text !== "string" || text === "") {
    throw new ArgumentError(`${owner}: the path must be a text and is ${inspect(path, { depth: 0 })}`, { path });
  }
  if (text.startsWith("file:")) return ofFileUrl(owner, text);
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(text)) {
    throw new ArgumentError(`${owner}: ${text} is no local path: give the path of a file or folder on this machine`, {
      path: text,
    });
  }
  return resolve(text);
}

function ofFileUrl(owner: string, url: string): string {
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw new ArgumentError(
      `${owner}: ${url} is no URL of a local file (${(cause as Error).message}): give a path, or file:///…`,
      { path: url },
      { cause },
    );
  }
}
