import { homedir } from "node:os";
import { resolve } from "node:path";
import process from "node:process";
import { knownMagics } from "../magics/known-magics.js";
import type { CompletionEntry } from "../session.js";
import { folderEntries } from "./folder-entries.js";

const magicNames = [...knownMagics.keys()].map((name) => `%${name}`);

/** What may stand at the end of a command to the kernel. */
export interface MagicWords {
  readonly entries: readonly CompletionEntry[];
  /** what of the command they replace */
  readonly prefix: string;
}

/**
 * Completes `%name`, and what a few magics and the shell take.
 * @param command the command up to the cursor
 * @returns nothing where anything may stand
 */
export function magicWords(command: string): MagicWords | undefined {
  const name = /^\?{0,2}(%\w*)$/.exec(command)?.[1];
  if (name !== undefined) return words(name, magicNames, "magic");
  const folder = /^%cd\s+(.*)$/.exec(command)?.[1];
  if (folder !== undefined) return paths(folder, true, /^/);
  const mode = /^%types\s+(\S*)$/.exec(command)?.[1];
  if (mode !== undefined) return words(mode, ["off", "warn", "strict"], "keyword");
  const variable = /^%env\s+([^\s=]*)$/.exec(command)?.[1];
  if (variable !== undefined) return words(variable, Object.keys(process.env).sort(), "instance");
  const argument = /^!(?:.*\s)?(\S*)$/s.exec(command)?.[1];
  return argument === undefined ? undefined : paths(argument, false, /^[\w./~@%+:,=-]+$/);
}

function words(prefix: string, all: readonly string[], type: string): MagicWords {
  return { prefix, entries: all.filter((text) => text.startsWith(prefix)).map((text) => ({ text, type })) };
}

/** @param plain what the command takes as it is; a shell wants spaces and the like escaped */
function paths(prefix: string, foldersOnly: boolean, plain: RegExp): MagicWords {
  const place = prefix.slice(0, prefix.lastIndexOf("/") + 1);
  const folder = resolve(place.replace(/^~(?=\/)/, homedir()) || ".");
  const found = folderEntries(folder, prefix.slice(place.length));
  const wanted = found.filter(({ name, isFolder }) => (isFolder || !foldersOnly) && plain.test(name));
  return { prefix, entries: wanted.map(({ name }) => ({ text: place + name, type: "path" })) };
}
