/**
 * Colours of small pictures in cells, where the theme may be light or dark.
 * @module
 */

/** Contrast of at least 3 with white and with JupyterLab's dark ground. */
export const HUES = ["#3b78c2", "#b3690f", "#2f8a4c", "#c2477f", "#7a63c7", "#148585", "#c0504d", "#728023"] as const;
/** Style of what is drawn on: JupyterLab's second layer, elsewhere a grey; faint, so that colours keep their contrast. */
export const GROUND = "fill:var(--jp-layout-color2,#999);fill-opacity:0.4";
