import type { Summary } from "../view/index.js";
import { element, setText } from "./element.js";
import { type Standing, strings } from "./strings.js";

const SEPARATOR = " · ";

/** Title, counts, one bar, and the buttons of a run. */
export class RunHeader {
  readonly node = element("div", "dagbook-header");
  readonly #title = element("span", "dagbook-title");
  readonly #counts = element("span", "dagbook-counts");
  readonly #failed = element("span", "dagbook-failed");
  readonly #clock = element("span");
  readonly #fixed = element("span", "dagbook-fixed");
  readonly #toggle = element("button", "dagbook-button dagbook-toggle");
  readonly #cancel = element("button", "dagbook-button dagbook-cancel", strings.cancel);
  readonly #bar = element("div", "dagbook-bar");

  /**
   * @param actions.cancel stops the run
   * @param actions.toggle shows or hides the picture
   */
  constructor(actions: { cancel(): void; toggle(): void }) {
    this.#bar.setAttribute("role", "progressbar");
    this.#bar.setAttribute("aria-valuemin", "0");
    this.#bar.setAttribute("aria-valuemax", "100");
    this.#cancel.type = this.#toggle.type = "button";
    this.#cancel.addEventListener("click", () => {
      this.#cancel.disabled = true;
      this.#cancel.textContent = strings.cancelling;
      actions.cancel();
    });
    this.#toggle.addEventListener("click", () => actions.toggle());
    const figures = element("span", "dagbook-figures");
    figures.append(this.#clock, this.#fixed);
    const line = element("div", "dagbook-line");
    // The buttons stand before the figures for the style sheet, which can look forwards only; shown after them.
    line.append(this.#title, this.#counts, this.#failed, this.#toggle, this.#cancel, figures);
    this.#toggle.hidden = true;
    this.node.append(line, this.#bar);
  }

  update(summary: Summary, { standing, canCancel }: { standing: Standing; canCancel: boolean }): void {
    const isLive = standing === "running";
    const { title, doneText, runningText, stoppedText, failedText, elapsedText, workersText, peakText } = summary;
    setText(this.#title, title);
    this.#title.title = title;
    setText(this.#counts, joined(strings.standing(standing), doneText, isLive ? runningText : "", stoppedText));
    setText(this.#failed, failedText);
    const clock = joined(elapsedText, isLive ? summary.etaText : "");
    const fixed = joined(workersText, peakText);
    setText(this.#clock, clock);
    setText(this.#fixed, clock && fixed ? SEPARATOR + fixed : fixed);
    this.#cancel.hidden = !canCancel;
    this.#cancel.setAttribute("aria-label", strings.cancelLabel(title));
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
