import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** A folder with more files is not read to its end for a person who looks for one. */
const MAX_FILES = 1000;

/** A file or folder; the name of a folder ends in a slash. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** What a folder holds that begins with `prefix`; hidden files only if it begins with a dot. Nothing if it cannot be read. */
export function folderEntries(folder: string, prefix: string): FolderEntry[] {
  const isWanted = ({ name }: Dirent) => name.startsWith(prefix) && (prefix.startsWith(".") || !name.startsWith("."));
  const found = readFolder(folder).filter(isWanted).slice(0, MAX_FILES);
  const entries = found.map((entry) => {
    const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && isFolderAt(join(folder, entry.name)));
    return { name: isFolder ? `${entry.name}/` : entry.name, isFolder };
  });
  return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
}

function readFolder(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isFolderAt(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
