// What one worker holds while it runs a graph. Links are compressed rows: { size, start, to }.

/**
 * The highest number of results that wait for tasks. A result is counted from the end of its task to the end of the
 * last task that needs it.
 * @param {Links} needs for each task the tasks it needs
 * @param {Links} users the other way round
 * @param {Iterable<number>} sequence all tasks as they run
 * @typedef {{ size: number, start: Int32Array, to: Int32Array }} Links
 */
export function heldIn(needs, users, sequence) {
  const uses = Int32Array.from({ length: needs.size }, (_, i) => users.start[i + 1] - users.start[i]);
  let held = 0;
  let highest = 0;
  for (const task of sequence) {
    if (uses[task] > 0) held += 1;
    highest = Math.max(highest, held);
    for (const needed of needs.to.subarray(needs.start[task], needs.start[task + 1])) {
      uses[needed] -= 1;
      if (uses[needed] === 0) held -= 1;
    }
  }
  return highest;
}

/**
 * The tasks as Dask's local scheduler runs them with one worker (dask/local.py): of those that are ready the one that
 * became so last, of those that became so together the one that the order puts first.
 * @param {Links} needs
 * @param {Links} users
 * @param {ArrayLike<number>} position of each task in the order
 */
export function* lastInFirstOut(needs, users, position) {
  const waiting = Int32Array.from({ length: needs.size }, (_, i) => needs.start[i + 1] - needs.start[i]);
  const worstFirst = (tasks) => tasks.sort((a, b) => position[b] - position[a]);
  const ready = worstFirst(Array.from(waiting.keys()).filter((i) => waiting[i] === 0));
  for (let task = ready.pop(); task !== undefined; task = ready.pop()) {
    yield task;
    const unblocked = [];
    for (const user of users.to.subarray(users.start[task], users.start[task + 1])) {
      waiting[user] -= 1;
      if (waiting[user] === 0) unblocked.push(user);
    }
    ready.push(...worstFirst(unblocked));
  }
}
