// A step of set-up is done again only when what it was made from has changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

const folder = join(root, ".setup");

function filesOf(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** Hash of the contents of files and folders (paths from the checkout) and of extra text. */
export function hashOf(paths, extra = "") {
  const hash = createHash("sha256").update(extra);
  for (const path of paths) {
    for (const file of filesOf(join(root, path))) hash.update(file).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** Runs `step` unless it was done for the same `hash` and everything in `makes` is still there. */
export async function once(name, hash, makes, step) {
  const stamp = join(folder, name);
  const same = existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
  if (same && makes.every((path) => existsSync(join(root, path)))) return false;
  await step();
  mkdirSync(folder, { recursive: true });
  writeFileSync(stamp, hash);
  return true;
}
