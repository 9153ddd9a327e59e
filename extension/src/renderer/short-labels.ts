import type { ErrorBundle, RunBundle } from "dagbook/dashboard-messages";
import { clipped } from "./element.js";

// As the kernel cuts them; a file may say anything.
const LONGEST_LABEL = 200;
const LONGEST_MESSAGE = 2_000;
const LONGEST_STACK = 8_000;

/** The bundle with labels that a page can show: one of a megabyte would be laid out a dozen times. */
export function shortLabels(bundle: RunBundle): RunBundle {
  const { title, groups, tasks, errors } = bundle;
  return {
    ...bundle,
    title: clipped(title, LONGEST_LABEL),
    groups: groups.map((group) => ({ ...group, name: clipped(group.name, LONGEST_LABEL) })),
    tasks: tasks && { ...tasks, key: tasks.key.map((key) => clipped(key, LONGEST_LABEL)) },
    errors: shortErrors(errors),
  };
}

/** The same for errors that a delta brings. */
export function shortErrors(errors: readonly ErrorBundle[]): readonly ErrorBundle[] {
  return errors.map((error) => ({
    ...error,
    key: clipped(error.key, LONGEST_LABEL),
    name: clipped(error.name, LONGEST_LABEL),
    message: clipped(error.message, LONGEST_MESSAGE),
    stack: clipped(error.stack, LONGEST_STACK),
  }));
}
