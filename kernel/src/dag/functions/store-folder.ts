import { rmSync } from "node:fs";
import process from "node:process";
import { isMainThread } from "node:worker_threads";
import { ImportError, isDagbookError } from "../../errors.js";
import { folderPrefix, processFolder, removeLeftFolders } from "../../process-folder.js";

const PURPOSE = "modules";
const PREFIX = folderPrefix(PURPOSE);
/** What a killed process left is removed when it is this old, in milliseconds: a day. */
const LEFTOVER_MS = 86_400_000;

let made: string | undefined;

/**
 * Folder of compiled files: one for all threads of this process, gone when it ends.
 * @throws {ImportError} if another user has made it
 */
export function storeFolder(): string {
  if (made !== undefined) return made;
  const path = ownFolder();
  if (isMainThread) {
    removeLeftFolders(PURPOSE, LEFTOVER_MS);
    process.on("exit", () => rmSync(path, { recursive: true, force: true }));
  }
  made = path;
  return path;
}

/** True for the address or path of a file in such a folder. */
export function isStored(url: string): boolean {
  return url.includes(`/${PREFIX}`);
}

function ownFolder(): string {
  try {
    return processFolder(PURPOSE);
  } catch (error) {
    throw isDagbookError(error) ? new ImportError(error.message, error.facts) : error;
  }
}
