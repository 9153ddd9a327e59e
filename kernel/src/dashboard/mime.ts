import { type Pictures, RUN_MIME_TYPE, type RunBundle } from "./messages.js";
import { packBundle } from "./pack-bundle.js";
import { svgOf } from "./svg/svg.js";
import { textOf } from "./text.js";

/** MIME type to content, as `display_data` carries it. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** A run for every kind of viewer: with our extension, with pictures only, with text only. */
export function mimeOf(bundle: RunBundle, pictures = picturesOf(bundle)): MimeBundle {
  return { [RUN_MIME_TYPE]: packBundle(bundle), ...pictures };
}

/** The same for viewers without our extension. */
export function picturesOf(bundle: RunBundle): Pictures {
  return { "image/svg+xml": svgOf(bundle), "text/plain": textOf(bundle) };
}
