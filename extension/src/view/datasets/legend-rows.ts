import { shorten, textWidth } from "../plan/labels.js";
import { mapHeight } from "../plan/panel-boxes.js";
import type { OverviewPlan } from "../plan/plan.js";
import type { Form } from "../store/state.js";
import { formWord } from "../text/form-words.js";
import { type Datasets, NO_STROKE, type Scene } from "./row.js";
import { looksOf } from "./tile-look.js";

const FONT = 10.5;
const SWATCH = 9;
const SWATCH_GAP = 6;
/** pixels between two entries */
const GAP = 20;
/** a word is narrower than its widest letters */
const USUAL = 0.86;
const LEAST_LETTERS = 4;

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
  const room = graph.width - (note ? textWidth(note, FONT) * USUAL + GAP : 0);
  const words = wordsIn(room, forms.map(formWord));
  let left = graph.width - widthOf(words);
  for (const [k, form] of forms.entries()) {
    const box = { x: left, x2: left + SWATCH, y: middle - SWATCH / 2, y2: middle + SWATCH / 2 };
    data.legend!.push({ id: form, ...box, ...looks[form] });
    data.legendTexts!.push({ id: form, x: left + SWATCH + SWATCH_GAP, y: middle, text: words[k]!, color: theme.ink2 });
    if (form === "failed") data.legendCross!.push({ id: form, x: left + SWATCH / 2, y: middle, color: theme.onError });
    left += entryWidth(words[k]!) + GAP;
  }
  return data;
}

function entryWidth(word: string): number {
  return SWATCH + SWATCH_GAP + Math.ceil(textWidth(word, FONT) * USUAL);
}

function widthOf(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + entryWidth(word), GAP * (words.length - 1));
}

/** Words of a language that needs more room than there is are cut. */
function wordsIn(room: number, words: readonly string[]): readonly string[] {
  let letters = Math.max(...words.map(({ length }) => length));
  let shown = words;
  while (widthOf(shown) > room && letters > LEAST_LETTERS) {
    letters -= 1;
    shown = words.map((word) => shorten(word, letters));
  }
  return shown;
}

function shownForms(hasStopped: boolean): Form[] {
  return ["waiting", "queued", "running", "done", "failed", ...(hasStopped ? (["stopped"] as const) : [])];
}
