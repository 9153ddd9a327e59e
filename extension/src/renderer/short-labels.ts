import type { ErrorBundle, RunBundle, TaskMessage } from "dagbook/dashboard-messages";

// As the kernel cuts them; a file may say anything.
const LONGEST_LABEL = 200;
const LONGEST_MESSAGE = 2_000;
const LONGEST_STACK = 8_000;

/** Characters that turn the direction of what comes after them: a name could show as another one, and so could its surroundings. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

/** The bundle with labels that a page can show: one of a megabyte would be laid out a dozen times. */
export function shortLabels(bundle: RunBundle): RunBundle {
  const { title, groups, tasks, errors } = bundle;
  return {
    ...bundle,
    title: shown(title, LONGEST_LABEL),
    groups: groups.map((group) => ({ ...group, name: shown(group.name, LONGEST_LABEL) })),
    tasks: tasks && { ...tasks, key: tasks.key.map((key) => shown(key, LONGEST_LABEL)) },
    errors: shortErrors(errors),
  };
}

/** The same for errors that a delta brings. */
export function shortErrors(errors: readonly ErrorBundle[]): readonly ErrorBundle[] {
  return errors.map((error) => ({
    ...error,
    key: shown(error.key, LONGEST_LABEL),
    name: shown(error.name, LONGEST_LABEL),
    message: shown(error.message, LONGEST_MESSAGE),
    stack: shown(error.stack, LONGEST_STACK),
  }));
}

/** The same for what is told of one task. */
export function shortTask(task: TaskMessage): TaskMessage {
  const { key, args, log, error } = task;
  return {
    ...task,
    key: shown(key, LONGEST_MESSAGE),
    function: shown(task.function, LONGEST_LABEL),
    args: args === null ? null : args.map((arg) => shown(arg, LONGEST_LABEL)),
    log: shown(log, LONGEST_STACK),
    error: error && (shortErrors([error])[0] ?? null),
  };
}

/** `text` cut to `limit` characters, with the characters that turn its direction written as escapes. */
function shown(text: string, limit: number): string {
  const short = text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
  return short.replace(TURNING, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}
