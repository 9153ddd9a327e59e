import { homedir } from "node:os";
import { resolve } from "node:path";
import process from "node:process";
import { ArgumentError } from "../../errors.js";

let previous: string | undefined;

/**
 * Makes a folder the working directory, where files, imports and `require` are looked up.
 * @param text a path, also with `~`; "-" is the folder before; "" is the home folder
 * @returns the folder
 * @throws {ArgumentError} if there is no such folder
 */
export function changeFolder(text: string): string {
  const from = process.cwd();
  const path = text.replace(/^(["'])(.*)\1$/, "$2");
  const folder =
    path === "-" ? (previous ?? from) : resolve(path === "" ? homedir() : path.replace(/^~(?=\/|$)/, homedir()));
  try {
    process.chdir(folder);
  } catch (cause) {
    throw new ArgumentError(`%cd: there is no folder ${folder}: you are in ${from}`, { folder }, { cause });
  }
  previous = from;
  return process.cwd();
}
