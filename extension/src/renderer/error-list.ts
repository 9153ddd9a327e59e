import type { ErrorBundle } from "dagbook/dashboard-messages";
import { actionStrings } from "./action-strings.js";
import type { CellPlace } from "./cell-place.js";
import { element } from "./element.js";
import { firstPlaceLink, stackText } from "./stack-text.js";
import { strings } from "./strings.js";

const SHOWN = 10;

export interface ErrorActions {
  goTo(place: CellPlace): void;
  /** shows all that is known of a task */
  details(task: number): void;
}

/** Which tasks threw, and what. */
export class ErrorList {
  readonly node = element("ul", "dagbook-errors");
  readonly #actions: ErrorActions;
  #length = 0;

  constructor(actions: ErrorActions) {
    this.#actions = actions;
    this.node.hidden = true;
  }

  update(errors: readonly ErrorBundle[]): void {
    if (errors.length === this.#length) return;
    this.#length = errors.length;
    this.node.hidden = errors.length === 0;
    const items = errors.slice(0, SHOWN).map((error) => itemOf(error, this.#actions));
    if (errors.length > SHOWN) items.push(element("li", "dagbook-more", strings.moreErrors(errors.length - SHOWN)));
    this.node.replaceChildren(...items);
  }
}

function itemOf({ task, key, name, message, stack }: ErrorBundle, actions: ErrorActions): HTMLElement {
  const item = element("li", "dagbook-error");
  const text = `${name}: ${message}`;
  item.append(element("code", "dagbook-key", key), element("span", "dagbook-message", text), " ");
  const place = firstPlaceLink(stack, actions.goTo);
  const details = element("button", "dagbook-link", actionStrings.details());
  details.type = "button";
  details.setAttribute("aria-label", actionStrings.detailsLabel(key));
  details.addEventListener("click", () => actions.details(task));
  item.append(...(place ? [place, " "] : []), details);
  if (stack) {
    const where = element("details");
    where.append(element("summary", "", strings.stack), stackText(stack, actions.goTo));
    item.append(where);
  }
  return item;
}
