import { LabIcon } from "@jupyterlab/ui-components";

/** A graph of five tasks, in the colour of JupyterLab's own icons. */
const GRAPH = `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="#616161">
    <path d="M6.6 5.2 12 11l5.4-5.8 1.2 1L13.2 12l5.4 5.8-1.2 1L12 13l-5.2 5.6V6.4H5.4v11.2h1.4" opacity=".6"/>
    <circle cx="6" cy="6" r="3"/><circle cx="18" cy="6" r="3"/><circle cx="12" cy="12" r="3"/>
    <circle cx="6" cy="18" r="3"/><circle cx="18" cy="18" r="3"/>
  </g>
</svg>`;

/** Stands for runs: in the sidebar, on tabs. */
export const runsIcon = new LabIcon({ name: "dagbook:runs", svgstr: GRAPH });
