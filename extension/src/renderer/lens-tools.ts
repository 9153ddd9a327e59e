import type { Lens, Plan } from "../view/index.js";
import { element } from "./element.js";
import { Minimap } from "./minimap.js";
import { strings } from "./strings.js";

/** A graph of more functions is too large to remember where one is in it. */
const MINIMAP_FROM = 24;

/** What stands over a picture that is enlarged: the button that ends it, and a small map of a large graph. */
export class LensTools {
  readonly node = element("div", "dagbook-lens");
  readonly #fit = element("button", "dagbook-button dagbook-fit", strings.fit);
  readonly #minimap = new Minimap();

  /** @param fit shows the whole graph and the whole run again */
  constructor(fit: () => void) {
    this.#fit.type = "button";
    this.#fit.addEventListener("click", fit);
    this.node.append(this.#fit);
    this.node.hidden = true;
  }

  /** @param functions number of functions of the run */
  update({ zoom, span }: Lens, plan: Plan, functions: number): void {
    this.node.hidden = !zoom && !span;
    if (zoom && functions > MINIMAP_FROM && "tasksPerTile" in plan) {
      this.#minimap.update(plan, zoom);
      this.node.append(this.#minimap.node);
    } else this.#minimap.node.remove();
  }
}
