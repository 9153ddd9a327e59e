import { CARD_HEAD, CARD_INSET } from "../plan/card-sizes.js";
import { textWidth } from "../plan/labels.js";
import type { Card, OverviewPlan } from "../plan/plan.js";
import { FORMS, type FormCounts } from "../store/state.js";
import { formWord } from "../text/form-words.js";
import { trans } from "../text/translation.js";
import { edgeRows } from "./edge-rows.js";
import type { Datasets, Row, Scene } from "./row.js";

const NOTE_FONT = 10.5;
/** a sentence is narrower than its widest letters */
const USUAL = 0.86;

/** Rows of the cards: outlines, names, counts, what holds them up, and the edges between them. */
export function cardRows({ graph }: OverviewPlan, scene: Scene): Datasets {
  const { theme } = scene;
  const data: Datasets = { cards: [], cardNames: [], cardCounts: [], cardNotes: [], rowNames: [] };
  for (const [k, card] of graph.nodes.entries()) {
    const { x, y, width, height } = card.box;
    const forms = formsOf(card, scene);
    const outline = forms.failed > 0 ? theme.error : forms.running > 0 ? theme.ink3 : theme.line;
    const strokeWidth = theme.isHighContrast ? 2 : forms.failed > 0 ? 1.4 : 1;
    const inset = strokeWidth / 2;
    const box = { x: x + inset, x2: x + width - inset, y: y + inset, y2: y + height - inset };
    data.cards!.push({ id: k, card: k, ...box, fill: theme.card, o: 1, stroke: outline, strokeWidth });
    const middle = y + CARD_HEAD / 2 + 1;
    data.cardNames!.push({ id: k, x: x + CARD_INSET, y: middle, text: card.label, color: theme.ink });
    for (const [f, row] of card.rows.entries()) {
      const at = { x: x + CARD_INSET, y: row.y + card.tile.height / 2 };
      data.rowNames!.push({ id: `${k} ${f}`, ...at, text: row.label, color: theme.ink2 });
    }
    const text = countText(card, forms, scene);
    data.cardCounts!.push({ id: k, x: x + width - CARD_INSET, y: middle, text, color: theme.ink2 });
    data.cardNotes!.push(...noteRows(k, card, graph.width, scene));
  }
  const edges = edgeRows(graph.edges, ({ weight }) => ({
    color: theme.edge,
    strokeWidth: Math.min(4, 0.8 + 0.95 * Math.log10(weight + 1)),
  }));
  return { ...data, ...edges };
}

/** Tasks of all functions on a card by form. */
export function formsOf(card: Card, { store }: Scene): FormCounts {
  const sum = { ...store.forms(card.groups[0]!) };
  for (const g of card.groups.slice(1)) {
    const more = store.forms(g);
    for (const form of FORMS) sum[form] += more[form];
  }
  return sum;
}

function countText(card: Card, forms: FormCounts, { store, formats }: Scene): string {
  if (card.count === "none") return "";
  const isShare = card.count === "share";
  if (store.state === "planned") return card.n === 1 || isShare ? "" : formats.count(card.n);
  if (card.n === 1)
    return isShare ? "" : forms.done > 0 ? formWord("done") : forms.failed > 0 ? formWord("failed") : "";
  return isShare ? formats.percent(forms.done / card.n) : `${formats.count(forms.done)}/${formats.count(card.n)}`;
}

function noteRows(k: number, card: Card, width: number, { store, theme, formats }: Scene): Row[] {
  const blockedBy = Math.max(...card.groups.map((g) => store.failures.blockedBy[g]!));
  if (blockedBy === 0) return [];
  const text = trans.__("blocked by %1 failed", formats.count(blockedBy));
  // A card at the right edge may be narrower than its note.
  const x = Math.min(card.box.x + CARD_INSET, width - textWidth(text, NOTE_FONT) * USUAL);
  return [{ id: k, x, y: card.box.y + card.box.height + 10, text, color: theme.error }];
}
