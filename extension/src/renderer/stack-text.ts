import { actionStrings } from "./action-strings.js";
import { type CellPlace, withPlaces } from "./cell-place.js";
import { element } from "./element.js";

/** A stack as text in which the places of cells are links. */
export function stackText(stack: string, goTo: (place: CellPlace) => void): HTMLElement {
  const pre = element("pre", "dagbook-stack");
  pre.append(...withPlaces(stack).map(({ text, place }) => (place ? placeLink(text, place, goTo) : text)));
  return pre;
}

/** A link to the first place of a cell in a stack; undefined if there is none. */
export function firstPlaceLink(stack: string, goTo: (place: CellPlace) => void): HTMLElement | undefined {
  const found = withPlaces(stack).find(({ place }) => place !== undefined);
  return found?.place && placeLink(found.text, found.place, goTo);
}

function placeLink(text: string, place: CellPlace, goTo: (place: CellPlace) => void): HTMLElement {
  const link = element("button", "dagbook-link", text);
  link.type = "button";
  link.setAttribute("aria-label", actionStrings.goTo(text));
  link.addEventListener("click", () => goTo(place));
  return link;
}
