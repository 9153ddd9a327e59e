const PERIOD_MS = 2000;

/**
 * Calls `onOrphaned` when the Jupyter server that started this process has ended. Without a server (its
 * process id stands in JPY_PARENT_PID) nothing is watched.
 */
export function watchParent(onOrphaned: () => void): void {
  const server = Number(process.env.JPY_PARENT_PID);
  if (!Number.isInteger(server) || server <= 1) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    // A new parent means that the old one ended, also while its process id still stands in the table.
    if (process.ppid === parent && isAlive(server)) return;
    clearInterval(timer);
    onOrphaned();
  }, PERIOD_MS);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, under another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
