import { mapHeight } from "../plan/panel-boxes.js";
import type { OverviewPlan } from "../plan/plan.js";
import type { Form } from "../store/state.js";
import { formWord } from "../text/form-words.js";
import { type Datasets, NO_STROKE, type Scene } from "./row.js";
import { looksOf } from "./tile-look.js";

const FONT = 10.5;
const SWATCH = 9;
const PITCH = 76;
/** room of the last entry, which ends at the edge of the panel */
const LAST = SWATCH + 6 + 7 * FONT * 0.56;

/** What the forms mean, at the right foot of the graph; what the picture leaves out, at the left. */
export function legendRows({ graph, note }: OverviewPlan, { store, theme, lens }: Scene): Datasets {
  const data: Datasets = { legend: [], legendCross: [], legendTexts: [] };
  const middle = graph.height - SWATCH / 2 - 1;
  // An enlarged graph reaches below the legend.
  const under = { x: 0, x2: graph.width, y: mapHeight({ graph }), y2: graph.height, fill: theme.ground };
  data.legendGround = lens?.zoom ? [{ id: 0, ...under, o: 1, ...NO_STROKE }] : [];
  if (note) data.legendTexts!.push({ id: "note", x: 0, y: middle, text: note, color: theme.ink2 });
  if (store.state === "planned") return data;
  const looks = looksOf(theme, theme.ink2);
  const forms = shownForms(store.forms().stopped > 0);
  for (const [k, form] of forms.entries()) {
    const left = graph.width - (forms.length - k) * PITCH + PITCH - LAST;
    const box = { x: left, x2: left + SWATCH, y: middle - SWATCH / 2, y2: middle + SWATCH / 2 };
    data.legend!.push({ id: form, ...box, ...looks[form] });
    data.legendTexts!.push({ id: form, x: left + SWATCH + 6, y: middle, text: formWord(form), color: theme.ink2 });
    if (form === "failed") data.legendCross!.push({ id: form, x: left + SWATCH / 2, y: middle, color: theme.onError });
  }
  return data;
}

function shownForms(hasStopped: boolean): Form[] {
  return ["waiting", "queued", "running", "done", "failed", ...(hasStopped ? (["stopped"] as const) : [])];
}
