import type { CssVariables } from "../view/index.js";

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

/** The values JupyterLab's variables have at an element. */
export function readVariables(node: Element): CssVariables {
  const style = getComputedStyle(node);
  return Object.fromEntries(VARIABLES.map((name) => [name, style.getPropertyValue(name)]));
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
