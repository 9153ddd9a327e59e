/**
 * The JupyterLab side of dagbook: draws runs, live while the kernel works on them, and lists those of all notebooks.
 * @module
 */
import { commands } from "./plugins/commands.js";
import { compare } from "./plugins/compare.js";
import { panel } from "./plugins/panel.js";
import { renderer } from "./plugins/renderer.js";
import { status } from "./plugins/status.js";

export default [renderer, panel, status, commands, compare];
