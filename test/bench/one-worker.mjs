/**
 * The highest number of results that wait for tasks when one worker runs a graph by the rule of Dask's local scheduler
 * (dask/local.py): of the tasks that are ready the one that became so last, of those that became so together the one
 * that the order puts first. A result is counted from the end of its task to the end of the last that needs it.
 * @param {{ size: number, start: Int32Array, to: Int32Array }} needs for each task the tasks it needs
 * @param {{ size: number, start: Int32Array, to: Int32Array }} users the other way round
 * @param {ArrayLike<number>} position of each task in the order
 */
export function heldByOneWorker(needs, users, position) {
  const waiting = Int32Array.from({ length: needs.size }, (_, i) => needs.start[i + 1] - needs.start[i]);
  const uses = Int32Array.from({ length: needs.size }, (_, i) => users.start[i + 1] - users.start[i]);
  const worstFirst = (tasks) => tasks.sort((a, b) => position[b] - position[a]);
  const ready = worstFirst(Array.from(waiting.keys()).filter((i) => waiting[i] === 0));
  let held = 0;
  let highest = 0;
  for (let task = ready.pop(); task !== undefined; task = ready.pop()) {
    if (uses[task] > 0) held += 1;
    highest = Math.max(highest, held);
    for (const needed of needs.to.subarray(needs.start[task], needs.start[task + 1])) {
      uses[needed] -= 1;
      if (uses[needed] === 0) held -= 1;
    }
    const unblocked = [];
    for (const user of users.to.subarray(users.start[task], users.start[task + 1])) {
      waiting[user] -= 1;
      if (waiting[user] === 0) unblocked.push(user);
    }
    ready.push(...worstFirst(unblocked));
  }
  return highest;
}
