import type { Summary } from "../view/index.js";
import { element, setText } from "./element.js";
import { type RunActions, RunButtons } from "./run-buttons.js";
import { type Standing, strings } from "./strings.js";

const SEPARATOR = " · ";

interface HeaderState {
  readonly standing: Standing;
  readonly isLive: boolean;
  readonly canAsk: boolean;
}

/** Title, counts, one bar, and the buttons of a run. */
export class RunHeader {
  readonly node = element("div", "dagbook-header");
  readonly buttons: RunButtons;
  readonly #title = element("span", "dagbook-title");
  readonly #counts = element("span", "dagbook-counts");
  readonly #failed = element("span", "dagbook-failed");
  readonly #clock = element("span");
  readonly #fixed = element("span", "dagbook-fixed");
  readonly #toggle = element("button", "dagbook-button dagbook-toggle");
  readonly #bar = element("div", "dagbook-bar");

  /**
   * @param actions what the buttons do
   * @param actions.toggle shows or hides the picture
   */
  constructor(actions: RunActions & { toggle(): void }) {
    this.buttons = new RunButtons(actions);
    this.#bar.setAttribute("role", "progressbar");
    this.#bar.setAttribute("aria-valuemin", "0");
    this.#bar.setAttribute("aria-valuemax", "100");
    this.#toggle.type = "button";
    this.#toggle.addEventListener("click", () => actions.toggle());
    const figures = element("span", "dagbook-figures");
    figures.append(this.#clock, this.#fixed);
    const line = element("div", "dagbook-line");
    line.append(this.#title, this.#counts, this.#failed, this.buttons.node, figures, this.#toggle);
    this.#toggle.hidden = true;
    this.node.append(line, this.#bar);
  }

  /**
   * @param state.isLive the kernel is heard and the run goes on
   * @param state.canAsk there is a kernel that may know the run
   */
  update(summary: Summary, { standing, isLive, canAsk }: HeaderState): void {
    const isRunning = standing === "running";
    const { title, doneText, runningText, stoppedText, failedText, elapsedText, workersText, peakText } = summary;
    setText(this.#title, title);
    this.#title.title = title;
    setText(
      this.#counts,
      joined(strings.standing(standing), doneText, isRunning || standing === "paused" ? runningText : "", stoppedText),
    );
    setText(this.#failed, failedText);
    const clock = joined(elapsedText, isRunning ? summary.etaText : "");
    const fixed = joined(workersText, peakText);
    setText(this.#clock, clock);
    setText(this.#fixed, clock && fixed ? SEPARATOR + fixed : fixed);
    this.buttons.update(title, standing, { isLive, canAsk });
    this.#bar.hidden = standing === "planned";
    this.#bar.setAttribute("aria-label", title);
    this.#bar.setAttribute("aria-valuenow", String(Math.floor(100 * summary.fraction)));
    this.#showParts(summary.parts);
  }

  /** What it says, in one line. */
  get text(): string {
    const said = [this.#counts, this.#failed, this.#clock].map((node) => node.textContent);
    return `${this.#title.textContent}: ${joined(...said)}`;
  }

  /** Shows the button that folds the picture, with the word for what it will do; "none" removes it. */
  setFold(fold: "open" | "closed" | "none"): void {
    this.#toggle.hidden = fold === "none";
    this.#toggle.setAttribute("aria-expanded", String(fold === "open"));
    setText(this.#toggle, fold === "open" ? strings.hideGraph : strings.showGraph);
  }

  /** Adds a button at the end of the line. */
  add(button: HTMLElement): void {
    this.node.firstElementChild!.append(button);
  }

  #showParts(parts: Summary["parts"]): void {
    while (this.#bar.children.length < parts.length) this.#bar.append(element("span"));
    for (const [index, { form, share }] of parts.entries()) {
      const part = this.#bar.children[index] as HTMLElement;
      part.className = `dagbook-part dagbook-part-${form}`;
      part.style.width = `${100 * share}%`;
    }
  }
}

function joined(...parts: readonly string[]): string {
  return parts.filter(Boolean).join(SEPARATOR);
}
