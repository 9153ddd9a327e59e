/**
 * Writes a file or folder beside its place and moves it there when it is whole: whoever reads the place finds the old
 * one or the new one, never a part.
 * @module
 */
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { StorageError } from "../../../errors.js";

/** Workers that were cancelled may still add a file while the folder is removed: so often it is tried again. */
const REMOVE_RETRIES = 10;

/** What is written where. */
export interface Target {
  /** absolute */
  readonly path: string;
  readonly overwrite: boolean;
  /** True for what may be overwritten: never delete what somebody else made. */
  readonly isReplaceable: (path: string) => boolean;
  /** what may stand at the path, in words */
  readonly kind: string;
}

/**
 * Calls `write` with a path beside the target's and moves what it made to its place.
 * @throws {StorageError} if there is something and `overwrite` is false or it is of another kind; what `write` throws,
 * after removing what it made
 */
export async function replaceTarget(target: Target, write: (path: string) => Promise<void>): Promise<void> {
  const { path } = target;
  check(target);
  const beside = `${path}.${randomUUID().slice(0, 8)}`;
  const unfinished = `${beside}.unfinished`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await write(unfinished);
    check(target);
    await exchange(unfinished, path, `${beside}.old`);
  } catch (error) {
    if (existsSync(unfinished)) await remove(unfinished);
    throw (error as { syscall?: unknown }).syscall === undefined ? error : notWritten(path, error as Error);
  }
  await remove(`${beside}.old`);
}

function check({ path, overwrite, isReplaceable, kind }: Target): void {
  if (!existsSync(path)) return;
  if (!overwrite) {
    throw new StorageError(`${path} is there already: give another path, or { overwrite: true } to replace it`, {
      path,
    });
  }
  if (!isReplaceable(path)) {
    throw new StorageError(`${path} is there and is no ${kind}, so it is not overwritten: give another path`, { path });
  }
}

/** Moves what is new to its place and what was there to `aside`; if that fails, nothing is moved. */
async function exchange(fresh: string, path: string, aside: string): Promise<void> {
  if (existsSync(path)) await rename(path, aside);
  try {
    await rename(fresh, path);
  } catch (error) {
    if (existsSync(aside)) await rename(aside, path);
    throw error;
  }
}

function remove(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: REMOVE_RETRIES });
}

function notWritten(path: string, cause: Error): StorageError {
  return new StorageError(
    `${path} cannot be written (${cause.message}): may this folder be written, is there space left?`,
    { path },
    { cause },
  );
}
