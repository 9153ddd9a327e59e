import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import process from "node:process";
import { promisify } from "node:util";

/** A process as the system lists it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

/**
 * Sends a signal to all that this process has started, directly or not, and that is in its process group: a shell
 * waits for its own child, so both must get it. What has left the group wants to be left alone.
 * @param spare ids of processes that are left alone with all that they started
 */
export async function signalDescendants(signal: NodeJS.Signals, spare: readonly number[]): Promise<void> {
  for (const pid of descendantsOf(process.pid, await listProcesses(), spare)) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** Ids of the descendants of a process in its process group, without the spared ones and their descendants. */
export function descendantsOf(root: number, processes: readonly ProcessEntry[], spare: readonly number[]): number[] {
  const group = processes.find(({ pid }) => pid === root)?.group;
  const found = new Set([root]);
  // A child may stand before its parent in the list: ids start anew at some point.
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const { pid, parent } of processes) if (found.has(parent) && !spare.includes(pid)) found.add(pid);
  }
  return processes
    .filter((entry) => entry.pid !== root && entry.group === group && found.has(entry.pid))
    .map(({ pid }) => pid);
}

/**
 * True while the main thread sleeps in the system, say until a child has ended; false while it computes, and on
 * systems that do not tell.
 */
export async function isMainThreadAsleep(): Promise<boolean> {
  // On Linux the first thread of a process has the id of the process.
  const fields = fieldsOf(await readFile(`/proc/self/task/${process.pid}/stat`, "utf8").catch(() => ""));
  return fields[0] === "S" || fields[0] === "D";
}

async function listProcesses(): Promise<readonly ProcessEntry[]> {
  const names = await readdir("/proc").catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name));
  return pids.length > 0 ? Promise.all(pids.map(entryOf)).then((entries) => entries.flat()) : listByPs();
}

/** A process that has ended meanwhile gives nothing. */
async function entryOf(pid: string): Promise<readonly ProcessEntry[]> {
  const [, parent, group] = fieldsOf(await readFile(`/proc/${pid}/stat`, "utf8").catch(() => ""));
  return group === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), group: Number(group) }];
}

/** State, parent, group…; the name before them may hold spaces and parentheses. @see man 5 proc_pid_stat */
function fieldsOf(stat: string): readonly string[] {
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

async function listByPs(): Promise<readonly ProcessEntry[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,pgid="]).catch(() => ({ stdout: "" }));
  const rows = stdout.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  return rows.flatMap(([pid, parent, group]) => (pid && parent !== undefined && group ? [{ pid, parent, group }] : []));
}
