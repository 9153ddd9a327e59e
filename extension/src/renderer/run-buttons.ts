import { actionStrings } from "./action-strings.js";
import { element, setText } from "./element.js";
import type { Standing } from "./strings.js";

const ACTIONS = ["pause", "resume", "retry", "rest", "rerun", "cancel"] as const;
type Action = (typeof ACTIONS)[number];

/** What a reader may do with a run. `rest` runs what is left of one that was cancelled. */
export type RunActions = Readonly<Record<Action, () => void>>;

/** What is possible: with a run that goes on, and with one that has ended. */
const LIVE: Readonly<Partial<Record<Standing, readonly Action[]>>> = {
  running: ["pause", "cancel"],
  paused: ["resume", "cancel"],
};
const ENDED: Readonly<Partial<Record<Standing, readonly Action[]>>> = {
  erred: ["retry", "rerun"],
  cancelled: ["rest", "rerun"],
  finished: ["rerun"],
};

/** The buttons of a run. One that was pressed says so until the run stands differently, or `release` is called. */
export class RunButtons {
  readonly node = element("div", "dagbook-actions");
  readonly #buttons = new Map<Action, HTMLButtonElement>();
  #pressed: { readonly action: Action; readonly standing: Standing } | undefined;
  #standing: Standing = "planned";

  constructor(actions: RunActions) {
    this.node.setAttribute("role", "group");
    for (const action of ACTIONS) {
      const button = element("button", `dagbook-button dagbook-${action}`);
      button.type = "button";
      button.addEventListener("click", () => {
        if (button.getAttribute("aria-disabled") === "true") return;
        this.#pressed = { action, standing: this.#standing };
        this.#show(action, button);
        actions[action]();
      });
      this.#buttons.set(action, button);
      this.node.append(button);
    }
  }

  /**
   * @param isLive the kernel is heard and the run goes on
   * @param canAsk there is a kernel that may know the run
   */
  update(title: string, standing: Standing, { isLive, canAsk }: { isLive: boolean; canAsk: boolean }): void {
    this.#standing = standing;
    if (this.#pressed?.standing !== standing) this.#pressed = undefined;
    const possible = (isLive ? LIVE[standing] : canAsk ? ENDED[standing] : undefined) ?? [];
    this.node.setAttribute("aria-label", actionStrings.actions(title));
    for (const [action, button] of this.#buttons) {
      button.hidden = !possible.includes(action);
      const full = actionStrings[action].full(title);
      button.setAttribute("aria-label", full);
      button.title = full;
      this.#show(action, button);
    }
    this.node.hidden = possible.length === 0;
  }

  /** What was pressed has come to nothing: it may be pressed again. */
  release(): void {
    this.#pressed = undefined;
    for (const [action, button] of this.#buttons) this.#show(action, button);
  }

  /** Not `disabled`: a button that is would lose the focus, and its reader the place. */
  #show(action: Action, button: HTMLButtonElement): void {
    const isPressed = this.#pressed?.action === action;
    button.setAttribute("aria-disabled", String(this.#pressed !== undefined));
    setText(button, isPressed ? actionStrings[action].busy() : actionStrings[action].label());
  }
}
