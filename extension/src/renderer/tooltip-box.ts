import type { TooltipContent } from "../view/index.js";
import { element } from "./element.js";

const DISTANCE = 12;

/** What is under the pointer, or has the focus of the keyboard, beside it. */
export class TooltipBox {
  readonly #node = element("div", "dagbook-tooltip");

  readonly show = (at: Pick<MouseEvent, "clientX" | "clientY">, content: TooltipContent | undefined): void => {
    if (!content) {
      this.#node.remove();
      return;
    }
    const list = element("dl");
    for (const [name, value] of content.lines) list.append(element("dt", "", name), element("dd", "", value));
    this.#node.replaceChildren(element("code", "", content.title), list);
    document.body.append(this.#node);
    this.#place(at.clientX, at.clientY);
  };

  dispose(): void {
    this.#node.remove();
  }

  /** Right below the pointer, or on its other side where the page ends. */
  #place(x: number, y: number): void {
    const { offsetWidth: width, offsetHeight: height } = this.#node;
    const left = x + DISTANCE + width > innerWidth ? x - DISTANCE - width : x + DISTANCE;
    const top = y + DISTANCE + height > innerHeight ? y - DISTANCE - height : y + DISTANCE;
    Object.assign(this.#node.style, { left: `${Math.max(0, left)}px`, top: `${Math.max(0, top)}px` });
  }
}
