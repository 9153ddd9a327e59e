import type { ExportFormat } from "../renderer/export-run.js";

/** Names of commands, for shortcuts and other extensions. */
export const CommandIDs = {
  showRuns: "dagbook:show-runs",
  goToRun: "dagbook:go-to-run",
  openInPanel: "dagbook:open-in-panel",
  restorePanel: "dagbook:restore-panel",
  cancel: "dagbook:cancel-run",
  pause: "dagbook:pause-run",
  resume: "dagbook:resume-run",
  retry: "dagbook:retry-run",
  rerun: "dagbook:rerun-run",
  compareRuns: "dagbook:compare-runs",
  export: (format: ExportFormat) => `dagbook:export-${format}`,
} as const;
