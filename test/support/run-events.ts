// Events of a run written as literals.
import { type RunEvent, type RunStarted, State, type StateCode } from "../../kernel/src/dag/engine/events.js";

/** `[task, state, time, worker]` */
export type Change = readonly [task: number, state: keyof typeof State, time: number, worker?: number];

/** The start of a run of `tasks`: key, function, and the numbers of the tasks it needs. */
export function startOf(tasks: readonly (readonly [key: string, group: string, ...needs: number[]])[]): RunStarted {
  const groups = [...new Set(tasks.map(([, group]) => group))];
  const dependencyStart = [0];
  for (const [, , ...needs] of tasks) dependencyStart.push(dependencyStart.at(-1)! + needs.length);
  return {
    type: "start",
    run: "run-1",
    time: Date.UTC(2030, 0, 1),
    title: "total",
    cell: undefined,
    workers: 2,
    keys: tasks.map(([key]) => key),
    groups,
    groupOf: Int32Array.from(tasks, ([, group]) => groups.indexOf(group)),
    dependencyStart: Int32Array.from(dependencyStart),
    dependencies: Int32Array.from(tasks.flatMap(([, , ...needs]) => needs)),
  };
}

export function changes(...changed: readonly Change[]): RunEvent {
  return {
    type: "tasks",
    run: "run-1",
    task: changed.map(([task]) => task),
    state: changed.map(([, state]): StateCode => State[state]),
    time: changed.map(([, , time]) => time),
    worker: changed.map(([, , , worker]) => worker ?? -1),
  };
}
