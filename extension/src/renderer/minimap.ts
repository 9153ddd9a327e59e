import type { Lens, OverviewPlan } from "../view/index.js";

const SVG = "http://www.w3.org/2000/svg";
/** Pixels; the height follows from the graph's. */
const WIDTH = 140;
const MOST_HEIGHT = 110;

/** Where the part of an enlarged graph that is shown lies in the whole. */
export class Minimap {
  readonly node = document.createElementNS(SVG, "svg");
  readonly #frame = document.createElementNS(SVG, "rect");
  #plan: OverviewPlan | undefined;

  constructor() {
    this.node.setAttribute("class", "dagbook-minimap");
    this.node.setAttribute("aria-hidden", "true");
    this.#frame.setAttribute("class", "dagbook-minimap-frame");
  }

  update(plan: OverviewPlan, zoom: NonNullable<Lens["zoom"]>): void {
    if (plan !== this.#plan) this.#drawCards(plan);
    const { width, height } = plan.graph;
    place(this.#frame, {
      x: -zoom.x / zoom.scale,
      y: -zoom.y / zoom.scale,
      width: width / zoom.scale,
      height: height / zoom.scale,
    });
  }

  #drawCards(plan: OverviewPlan): void {
    this.#plan = plan;
    const { width, height, nodes } = plan.graph;
    const scale = Math.min(WIDTH / width, MOST_HEIGHT / height);
    this.node.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.node.setAttribute("width", String(Math.round(width * scale)));
    this.node.setAttribute("height", String(Math.round(height * scale)));
    const cards = nodes.map(({ box }) => place(document.createElementNS(SVG, "rect"), box));
    this.node.replaceChildren(...cards, this.#frame);
  }
}

function place(
  rect: SVGRectElement,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): SVGRectElement {
  for (const name of ["x", "y", "width", "height"] as const) rect.setAttribute(name, String(box[name]));
  return rect;
}
