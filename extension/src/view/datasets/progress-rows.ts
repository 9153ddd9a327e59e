import { shortenCard } from "../plan/labels.js";
import { type Card, type PanelsPlan, TITLE_HEIGHT } from "../plan/plan.js";
import type { FormCounts } from "../store/state.js";
import { trans } from "../text/translation.js";
import { formsOf } from "./card-rows.js";
import { type Datasets, NO_STROKE, type Row, type Scene } from "./row.js";
import { isGroupMeant, PALE } from "./stand-out.js";
import { failureOutline, looksOf } from "./tile-look.js";

const BAR_HEIGHT = 10;

/** Rows of the bars by function, in the order of the graph: from left to right, from top to bottom. */
export function progressRows(cards: readonly Card[], { progress }: PanelsPlan, scene: Scene): Datasets {
  const { theme, formats } = scene;
  const data: Datasets = { bars: [], barNames: [], barCounts: [], barPercents: [] };
  for (const [row, card] of progress.order.entries()) {
    const k = cards.indexOf(card);
    const y = TITLE_HEIGHT + (row + 0.5) * progress.rowHeight;
    const forms = formsOf(card, scene);
    const bars = barRows(k, y, forms, card.n, progress.bar, scene, scene.hues[card.groups[0]!]!);
    const isMeant = card.groups.some((g) => isGroupMeant(scene, g));
    data.bars!.push(...(isMeant ? bars : bars.map((bar) => ({ ...bar, o: Number(bar.o) * PALE }))));
    data.barNames!.push({ id: k, x: 0, y, text: shortenCard(card, progress.nameLength), color: theme.ink });
    const text = `${formats.count(forms.done)}/${formats.count(card.n)}`;
    data.barCounts!.push({ id: k, x: progress.width - 46, y, text, color: theme.ink2 });
    const percent = formats.percent(forms.done / card.n);
    data.barPercents!.push({ id: k, x: progress.width, y, text: percent, color: theme.ink });
  }
  const title = { id: 0, x: 0, y: 8, text: trans.__("Progress by function"), color: theme.ink2 };
  return { ...data, progressTitle: [title] };
}

function barRows(
  card: number,
  middle: number,
  forms: FormCounts,
  n: number,
  [from, to]: readonly [number, number],
  { theme }: Scene,
  hue: string,
): Row[] {
  const looks = looksOf(theme, hue);
  const box = { y: middle - BAR_HEIGHT / 2, y2: middle + BAR_HEIGHT / 2, ...NO_STROKE };
  const rows: Row[] = [{ id: `${card} track`, card, x: from, x2: to, ...box, fill: theme.track, o: 1 }];
  let x = from;
  for (const form of ["done", "failed", "running", "queued"] as const) {
    const share = (forms[form] / n) * (to - from);
    // One failure among thousands must still be seen.
    const x2 = Math.min(to, x + (form === "failed" && share > 0 ? Math.max(2, share) : share));
    const outline = form === "failed" && share > 0 ? failureOutline(theme) : NO_STROKE;
    const o = share > 0 ? looks[form].o : 0;
    rows.push({ id: `${card} ${form}`, card, x, x2, ...box, fill: looks[form].fill, o, ...outline });
    x = x2;
  }
  return rows;
}
