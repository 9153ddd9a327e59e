import type { CssVariables } from "../view/index.js";
import { element } from "./element.js";

const VARIABLES = [
  "--jp-layout-color1",
  "--jp-ui-font-color1",
  "--jp-ui-font-color2",
  "--jp-ui-font-color3",
  "--jp-border-color2",
  "--jp-error-color1",
  "--jp-ui-font-family",
  "--jp-code-font-family",
];

/** Where the system has colours of its own they stand for the page's. */
const FORCED: Readonly<Record<string, string>> = {
  "--jp-layout-color1": "Canvas",
  "--jp-ui-font-color1": "CanvasText",
  "--jp-ui-font-color2": "CanvasText",
  "--jp-ui-font-color3": "CanvasText",
  "--jp-border-color2": "CanvasText",
};

/** The values JupyterLab's variables have at an element. */
export function readVariables(node: Element): CssVariables {
  const style = getComputedStyle(node);
  const variables = Object.fromEntries(VARIABLES.map((name) => [name, style.getPropertyValue(name)]));
  return matchMedia("(forced-colors: active)").matches ? { ...variables, ...forcedColors(node) } : variables;
}

/** The values that the names of the system's colours have. */
function forcedColors(node: Element): CssVariables {
  const probe = element("span");
  node.append(probe);
  const values = Object.entries(FORCED).map(([name, color]) => {
    probe.style.color = color;
    return [name, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return { ...Object.fromEntries(values), "forced-colors": "active" };
}

/**
 * Calls back when JupyterLab, Notebook 7 or the system changes the theme. JupyterLab writes the theme's
 * name to the body after its style sheet has been loaded.
 * @returns a function that ends it
 */
export function onThemeChange(callback: () => void): () => void {
  const observer = new MutationObserver(callback);
  observer.observe(document.body, { attributeFilter: ["data-jp-theme-name", "data-jp-theme-light"] });
  const contrast = matchMedia("(forced-colors: active)");
  contrast.addEventListener("change", callback);
  return () => {
    observer.disconnect();
    contrast.removeEventListener("change", callback);
  };
}
