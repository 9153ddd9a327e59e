import { element } from "./element.js";

/** JupyterLab leaves the keys that are pressed in such a node to the node. */
const OWN_KEYS = "data-lm-suppress-shortcuts";

/** How a place of the picture is told to a screen reader. */
export interface KeyPlaceWords {
  readonly label: string;
  readonly role: string;
  readonly hint: string;
}

/**
 * A part of the picture that the Tab key reaches. It lies over the picture and lets the pointer through. Keys that it uses,
 * and all others without a modifier, do nothing to the notebook around it; with Ctrl, Alt or Cmd JupyterLab has them.
 */
export class KeyPlace {
  readonly node: HTMLElement;

  /**
   * @param className of the node
   * @param onKey acts on a key; false leaves it to the browser
   */
  constructor(className: string, onKey: (key: string, isShift: boolean) => boolean) {
    this.node = element("div", `dagbook-keys ${className}`);
    this.node.tabIndex = 0;
    // Without this role a screen reader keeps the arrow keys to itself.
    this.node.setAttribute("role", "application");
    this.node.setAttribute(OWN_KEYS, "");
    this.node.addEventListener("keydown", (event) => {
      const isCommand = event.ctrlKey || event.altKey || event.metaKey;
      this.node.toggleAttribute(OWN_KEYS, !isCommand);
      if (isCommand || !onKey(event.key, event.shiftKey)) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  /** Places it over a part of the picture; without one it is not there. */
  update(box: Readonly<Record<"x" | "y" | "width" | "height", number>> | undefined, words: KeyPlaceWords): void {
    this.node.hidden = !box;
    if (box) placeAt(this.node, box);
    this.node.setAttribute("aria-label", words.label);
    this.node.setAttribute("aria-roledescription", words.role);
    this.node.setAttribute("aria-description", words.hint);
  }

  /** Gives the focus to what stands around the picture, such as the cell of a notebook. */
  leave(): void {
    this.node.blur();
    this.node
      .closest(".dagbook-run")
      ?.parentElement?.closest<HTMLElement>("[tabindex]")
      ?.focus({ preventScroll: true });
  }
}

/** Puts a node that is placed freely where a box of its parent is. */
export function placeAt(node: HTMLElement, box: Readonly<Record<"x" | "y" | "width" | "height", number>>): void {
  const { x, y, width, height } = box;
  Object.assign(node.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
}
