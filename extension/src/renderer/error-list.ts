import type { ErrorBundle } from "dagbook/dashboard-messages";
import { element } from "./element.js";
import { strings } from "./strings.js";

const SHOWN = 10;

/** Which tasks threw, and what. */
export class ErrorList {
  readonly node = element("ul", "dagbook-errors");
  #length = 0;

  constructor() {
    this.node.hidden = true;
  }

  update(errors: readonly ErrorBundle[]): void {
    if (errors.length === this.#length) return;
    this.#length = errors.length;
    this.node.hidden = errors.length === 0;
    const items = errors.slice(0, SHOWN).map(itemOf);
    if (errors.length > SHOWN) items.push(element("li", "dagbook-more", strings.moreErrors(errors.length - SHOWN)));
    this.node.replaceChildren(...items);
  }
}

function itemOf({ key, name, message, stack }: ErrorBundle): HTMLElement {
  const item = element("li", "dagbook-error");
  item.append(element("code", "dagbook-key", key), element("span", "dagbook-message", `${name}: ${message}`));
  if (stack) {
    const details = element("details");
    details.append(element("summary", "", strings.stack), element("pre", "dagbook-stack", stack));
    item.append(details);
  }
  return item;
}
