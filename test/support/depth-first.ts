/** Place of each task in a walk from the outputs, inputs first: what a good scheduler follows. */
export function depthFirst(
  tasks: readonly { readonly needs: readonly number[] }[],
  consumers: readonly (readonly number[])[],
): number[] {
  const place = new Array<number>(tasks.length).fill(-1);
  let count = 0;
  for (const [root, { length }] of consumers.entries()) {
    if (length > 0) continue;
    const stack = [{ task: root, next: 0 }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const needed = tasks[top.task]!.needs[top.next++];
      if (needed === undefined) {
        if (place[top.task] === -1) place[top.task] = count++;
        stack.pop();
      } else if (place[needed] === -1) {
        stack.push({ task: needed, next: 0 });
      }
    }
  }
  return place;
}
