import type { TaskMessage } from "dagbook/dashboard-messages";
import { formatsFor, type RunStore } from "../view/index.js";
import { actionStrings as words } from "./action-strings.js";
import type { CellPlace } from "./cell-place.js";
import { element, setText } from "./element.js";
import { stackText } from "./stack-text.js";

export interface DrawerActions {
  /** asks the kernel for a task; `hear` gets undefined if it does not know it */
  ask(task: number, hear: (task: TaskMessage | undefined) => void): void;
  goTo(place: CellPlace): void;
  retry(): void;
}

/** A task that goes on is asked for again after this time. */
const REFRESH_MS = 1_000;
const MOST_LINKS = 8;
const ERRED = 5;
const ENDED = 3;

/** All that is known of one task, below the picture. */
export class TaskDrawer {
  readonly node = element("section", "dagbook-drawer");
  readonly #store: RunStore;
  readonly #actions: DrawerActions;
  readonly #heading = element("h3", "dagbook-drawer-key");
  readonly #body = element("div", "dagbook-drawer-body");
  #task: number | undefined;
  #told: TaskMessage | undefined;
  #askedAt = 0;
  #isAsking = false;
  #opener: HTMLElement | undefined;
  #canRetry = false;

  constructor(store: RunStore, actions: DrawerActions) {
    this.#store = store;
    this.#actions = actions;
    this.#heading.tabIndex = -1;
    const close = element("button", "dagbook-button dagbook-close", words.close());
    close.type = "button";
    close.setAttribute("aria-label", words.closeLabel());
    close.addEventListener("click", () => this.close());
    const line = element("div", "dagbook-drawer-line");
    line.append(this.#heading, close);
    this.node.append(line, this.#body);
    this.node.hidden = true;
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
  }

  /** Shows a task; the focus goes to it, and back when it is closed. */
  open(task: number): void {
    if (!(task >= 0 && task < this.#store.n)) return;
    const focused = this.node.ownerDocument.activeElement;
    if (this.node.hidden && focused instanceof HTMLElement) this.#opener = focused;
    this.#task = task;
    this.#told = undefined;
    this.node.hidden = false;
    const key = this.#keyOf(task);
    setText(this.#heading, key);
    this.node.setAttribute("aria-label", words.task(key));
    this.#body.replaceChildren(element("p", "dagbook-quiet", words.asking()));
    this.#ask(task);
    this.#heading.focus({ preventScroll: true });
    this.node.scrollIntoView({ block: "nearest" });
  }

  close(): void {
    this.node.hidden = true;
    this.#task = undefined;
    this.#opener?.focus({ preventScroll: true });
    this.#opener = undefined;
  }

  /** Asks again where the task has changed. @param canRetry the run has ended and may run again */
  update(canRetry: boolean): void {
    const task = this.#task;
    const isNew = canRetry !== this.#canRetry;
    this.#canRetry = canRetry;
    if (task === undefined || this.#isAsking) return;
    const state = this.#store.tasks.state[task];
    const isStale = this.#told !== undefined && this.#told.state !== state;
    const goesOn = state !== undefined && state < ENDED && performance.now() - this.#askedAt > REFRESH_MS;
    if (this.#store.state === "running" ? isStale || goesOn : isNew) this.#ask(task);
  }

  #ask(task: number): void {
    this.#askedAt = performance.now();
    this.#isAsking = true;
    this.#actions.ask(task, (told) => {
      // A later question is open.
      if (task !== this.#task) return;
      this.#isAsking = false;
      this.#show(task, told);
    });
  }

  #show(task: number, told: TaskMessage | undefined): void {
    this.#told = told;
    const known = told ?? this.#saved(task);
    setText(this.#heading, known.key);
    const facts = element("dl", "dagbook-facts");
    for (const [name, value] of this.#facts(known)) facts.append(element("dt", "", name), ddOf(value));
    const needs = this.#needs(task);
    if (needs) facts.append(element("dt", "", words.needs()), needs);
    const parts: HTMLElement[] = [facts];
    if (!told) parts.unshift(element("p", "dagbook-quiet", words.unknownTask()));
    if (known.log) parts.push(...printed(known));
    if (known.error) parts.push(this.#error(known.error));
    this.#body.replaceChildren(...parts);
  }

  /** What the saved output knows of it. */
  #saved(task: number): TaskMessage {
    const { tasks, groups, run, errors } = this.#store;
    return {
      kind: "task",
      run,
      task,
      key: this.#keyOf(task),
      function: groups[tasks.group[task]!]?.name ?? "",
      args: null,
      state: (tasks.state[task] ?? 0) as TaskMessage["state"],
      worker: tasks.worker[task] ?? -1,
      queued: -1,
      start: tasks.start[task] ?? -1,
      end: tasks.end[task] ?? -1,
      bytes: -1,
      log: "",
      isLogCut: false,
      error: errors.find((error) => error.task === task) ?? null,
    };
  }

  #facts(known: TaskMessage): (readonly [string, string | HTMLElement])[] {
    const formats = formatsFor();
    const at = (time: number) => words.afterStart(formats.duration(time));
    const isStopped = known.state === ERRED && known.error === null;
    const call = known.args === null ? known.function : `${known.function}(${known.args.join(", ")})`;
    const facts: (readonly [string, string | HTMLElement])[] = [
      [words.call(), element("code", "", call)],
      [words.state(), isStopped ? words.stateOf(ERRED + 1) : words.stateOf(known.state)],
    ];
    if (known.worker >= 0) facts.push([words.worker(), `w${known.worker}`]);
    if (known.queued >= 0) facts.push([words.queued(), at(known.queued)]);
    if (known.start >= 0) facts.push([words.started(), at(known.start)]);
    if (known.end >= 0) facts.push([words.ended(), at(known.end)]);
    if (known.start >= 0) {
      const end = known.end >= 0 ? known.end : this.#store.elapsed;
      facts.push([words.took(), formats.duration(Math.max(0, end - known.start))]);
    }
    if (known.bytes >= 0) facts.push([words.result(), formats.bytes(known.bytes)]);
    return facts;
  }

  /** The tasks it needs, as links. */
  #needs(task: number): HTMLElement | undefined {
    const { dependencyStart, dependencies } = this.#store.tasks;
    const needed = Array.from(dependencies.slice(dependencyStart[task] ?? 0, dependencyStart[task + 1] ?? 0));
    if (needed.length === 0) return undefined;
    const list = element("dd", "dagbook-needs");
    for (const other of needed.slice(0, MOST_LINKS)) {
      const link = element("button", "dagbook-link", this.#keyOf(other));
      link.type = "button";
      link.addEventListener("click", () => this.open(other));
      list.append(link);
    }
    if (needed.length > MOST_LINKS) list.append(words.moreTasks(needed.length - MOST_LINKS));
    return list;
  }

  #error({ name, message, stack }: NonNullable<TaskMessage["error"]>): HTMLElement {
    const part = element("div", "dagbook-drawer-error");
    part.append(element("h4", "", words.error()), element("p", "dagbook-message", `${name}: ${message}`));
    if (stack) part.append(stackText(stack, this.#actions.goTo));
    if (this.#canRetry) {
      const retry = element("button", "dagbook-button", words.retryFailed());
      retry.type = "button";
      retry.addEventListener("click", () => this.#actions.retry());
      part.append(retry);
    }
    return part;
  }

  #keyOf(task: number): string {
    const { tasks, groups } = this.#store;
    return tasks.key[task] ?? `${groups[tasks.group[task]!]?.name ?? ""} ${task}`;
  }
}

function ddOf(value: string | HTMLElement): HTMLElement {
  const node = element("dd");
  node.append(value);
  return node;
}

function printed({ log, isLogCut }: TaskMessage): HTMLElement[] {
  const heading = element("h4", "", isLogCut ? `${words.printed()} (${words.cut()})` : words.printed());
  return [heading, element("pre", "dagbook-stack dagbook-log", log)];
}
