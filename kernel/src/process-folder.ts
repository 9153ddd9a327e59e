/**
 * Folders for temporary files of one process, in the folder that the system has for such files.
 * @module
 */
import { lstatSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { ArgumentError } from "./errors.js";

/**
 * First part of the names of such folders; the id of their process follows. With the host, because containers may
 * share a folder for temporary files but not the ids of processes.
 * @param purpose what the files are, in one word
 */
export function folderPrefix(purpose: string): string {
  return `dagbook-${purpose}-${hostname().replace(/\W+/g, "-")}-`;
}

/**
 * Path of the folder of this process, which exists then and is open to its user alone (mode 0700).
 * @throws {ArgumentError} if another user has made it
 */
export function processFolder(purpose: string): string {
  const path = folderOf(purpose, process.pid);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(path);
  // In a folder that all share, somebody else may have been there first. Windows has no such bits.
  const isForeign = process.getuid !== undefined && (uid !== process.getuid() || (mode & 0o022) !== 0);
  if (isForeign) {
    throw new ArgumentError(`${path} belongs to somebody else: set TMPDIR to a folder of your own`, { folder: path });
  }
  return path;
}

/** Path of the folder that a process has, or would have. */
export function folderOf(purpose: string, pid: number): string {
  return join(tmpdir(), `${folderPrefix(purpose)}${pid}`);
}

/**
 * Removes the folders of processes that are gone.
 * @param ageMs only folders in which nothing was made or removed for so long
 */
export function removeLeftFolders(purpose: string, ageMs = 0): void {
  const prefix = folderPrefix(purpose);
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.startsWith(prefix) ? name.slice(prefix.length) : Number.NaN);
    if (!Number.isInteger(pid) || isRunning(pid)) continue;
    const path = join(tmpdir(), name);
    try {
      if (Date.now() - statSync(path).mtimeMs >= ageMs) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another process removes it too, or it is another user's.
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return Object(error).code === "EPERM";
  }
}
