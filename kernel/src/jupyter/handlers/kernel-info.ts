import type { Handler } from "../kernel-context.js";
import { packageVersion } from "../package-version.js";
import { PROTOCOL_VERSION } from "../wire/message.js";

/** @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#kernel-info */
export const kernelInfo: Handler = () => ({
  status: "ok",
  protocol_version: PROTOCOL_VERSION,
  implementation: "dagbook",
  implementation_version: packageVersion,
  language_info: {
    name: "typescript",
    version: process.versions.node,
    // The type and the mode under which JupyterLab highlights TypeScript.
    mimetype: "application/typescript",
    codemirror_mode: "typescript",
    pygments_lexer: "typescript",
    file_extension: ".ts",
    nbconvert_exporter: "script",
  },
  banner: `dagbook ${packageVersion}: TypeScript on Node ${process.versions.node}, with task graphs`,
  debugger: false,
  supported_features: [],
  help_links: [],
});
