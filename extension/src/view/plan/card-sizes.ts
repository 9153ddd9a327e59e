import { codeLetters, codeWidth, shorten, shortenCard, textWidth } from "./labels.js";
import { MOST_BUCKETS, MOST_TILES } from "./levels.js";
import type { CardCount, CardRow } from "./plan.js";

export const CARD_INSET = 9;
/** from the top of a card to its tiles */
export const CARD_HEAD = 26;
export const CARD_FONT = 11.5;
export const COUNT_FONT = 11;
/** at least, between a name and a count */
const COUNT_GAP = 12;
const TILE_GAP = { 8: 2, 7: 1.5, 6: 1, 5: 1 } as const;
type Step = keyof typeof TILE_GAP;
const BAR_HEIGHT = 6;
/** so many tiles may stand in one row even where the name is shorter */
const ONE_ROW = 16;
/** columns a block may gain or lose to fill its last row */
const MOST_AWAY = 3;
/** A card of more functions tells them apart by colour only, until it is opened. */
const MOST_ROWS = 6;
const MOST_ROW_LETTERS = 16;
const ROW_HEIGHT = 14;
export const ROW_FONT = 10;

/** What a card shows before its size is known. */
export interface CardContent {
  readonly name: string;
  /** further functions on the same card */
  readonly more: number;
  readonly n: number;
  /** its functions, and the tasks of each */
  readonly names: readonly string[];
  readonly counts: readonly number[];
}

/** How large tiles are, how wide cards may become for their tiles, and how much of a name is shown. */
export interface CardScale {
  readonly step: Step;
  /** columns per row of a tile block */
  readonly aspect: number;
  readonly letters: number;
  /** what every card has room for; the bars by function have the counts too */
  readonly count: CardCount;
}

export interface CardSize {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly step: number;
  readonly tile: { readonly width: number; readonly height: number };
  readonly tileCount: number;
  readonly name: string;
  readonly count: CardCount;
  /** of a card of several functions: a row for each, measured from the card's left top */
  readonly rows: readonly CardRow[];
}

/** Scales from the roomiest to the tightest. */
export const SCALES: readonly CardScale[] = (["full", "share", "none"] as const).flatMap((count) =>
  ([8, 7, 6, 5] as const).flatMap((step) =>
    [36, 22, 12].flatMap((letters) => [3.2, 2.4, 1.8, 1.3, 1, 0.7].map((aspect) => ({ step, aspect, letters, count }))),
  ),
);

/** Tasks per tile: 1 up to 4,000 tasks, beyond a round number that leaves at most 2,000 tiles. */
export function tasksPerTile(counts: readonly number[]): number {
  const tiles = (k: number) => counts.reduce((sum, n) => sum + Math.ceil(n / k), 0);
  if (tiles(1) <= MOST_TILES) return 1;
  for (let power = 1; ; power *= 10) {
    for (const digit of [2, 2.5, 5, 10]) {
      const k = digit * power;
      if (Number.isInteger(k) && tiles(k) <= Math.max(MOST_BUCKETS, counts.length)) return k;
    }
  }
}

/** Size of a card: wide enough for name and count, its tiles in a block about `aspect` times as wide as high. */
export function sizeOf(content: CardContent, perTile: number, scale: CardScale): CardSize {
  if (content.counts.length > 1 && content.counts.length <= MOST_ROWS) return sizeOfRows(content, perTile, scale);
  const name = shortenCard(content, scale.letters);
  const label = labelWidth(name, content.n, scale.count);
  const { step, aspect } = scale;
  const gap = TILE_GAP[step];
  const tileCount = content.counts.reduce((sum, n) => sum + Math.ceil(n / perTile), 0);
  const columns = columnsOf(tileCount, aspect, Math.floor((label + gap) / step));
  const inner = Math.max(label, columns * step - gap);
  const rows = Math.ceil(tileCount / columns);
  const isBar = content.n === 1;
  return {
    width: inner + 2 * CARD_INSET,
    height: evenUp(CARD_HEAD + (isBar ? BAR_HEIGHT : rows * step - gap) + CARD_INSET),
    columns,
    step,
    tile: isBar ? { width: inner, height: BAR_HEIGHT } : { width: step - gap, height: step - gap },
    tileCount,
    name,
    count: countIn(inner, name, content.n),
    rows: [],
  };
}

/** A card of several functions: below its own name a row for each, with its name and its tiles. */
function sizeOfRows(content: CardContent, perTile: number, scale: CardScale): CardSize {
  const { step, letters, count } = scale;
  const gap = TILE_GAP[step];
  const name = shortenCard(content, letters);
  const label = labelWidth(name, content.n, count);
  const labels = content.names.map((text) => shorten(text, Math.min(letters, MOST_ROW_LETTERS)));
  const tiles = content.counts.map((n) => Math.ceil(n / perTile));
  const columns = Math.min(ONE_ROW, Math.max(...tiles));
  const x = CARD_INSET + Math.ceil(Math.max(...labels.map((text) => codeWidth(text, ROW_FONT)))) + 8;
  const heights = tiles.map((count) => Math.max(ROW_HEIGHT, Math.ceil(count / columns) * step + 2));
  const top = (row: number) => CARD_HEAD + heights.slice(0, row).reduce((sum, height) => sum + height, 0);
  const width = Math.max(label + 2 * CARD_INSET, x + columns * step - gap + CARD_INSET);
  return {
    width,
    height: evenUp(top(heights.length) + CARD_INSET - 2),
    columns,
    step,
    tile: { width: step - gap, height: step - gap },
    tileCount: tiles.reduce((sum, count) => sum + count, 0),
    name,
    count: countIn(width - 2 * CARD_INSET, name, content.n),
    rows: labels.map((text, row) => ({ label: text, x, y: top(row) })),
  };
}

/** Pixels of a name and what stands beside it. */
function labelWidth(name: string, n: number, count: CardCount): number {
  const all = n.toLocaleString("en");
  const full = n === 1 ? "failed" : `${all}/${all}`;
  const text = { full, share: n === 1 ? "" : "100%", none: "" }[count];
  return Math.ceil(codeWidth(name, CARD_FONT) + (text === "" ? 0 : COUNT_GAP + textWidth(text, COUNT_FONT)));
}

/** The most that can be said beside a name. */
function countIn(width: number, name: string, n: number): CardCount {
  return (["full", "share"] as const).find((count) => labelWidth(name, n, count) <= width) ?? "none";
}

/**
 * Columns of a block: few tiles stand in one row; else about `aspect` times as many as rows, and no fewer
 * than fit below the label; a few more or less if that fills the last row.
 */
function columnsOf(tiles: number, aspect: number, belowLabel: number): number {
  if (tiles <= Math.max(belowLabel, aspect > 2 ? ONE_ROW : 0)) return tiles;
  const natural = Math.max(Math.ceil(Math.sqrt(tiles * aspect)), belowLabel);
  const empty = (columns: number) => Math.ceil(tiles / columns) * columns - tiles;
  let best = natural;
  for (let away = 1; away <= MOST_AWAY; away++) {
    for (const columns of [natural + away, natural - away]) {
      if (columns >= Math.max(1, belowLabel - 2) && empty(columns) < empty(best)) best = columns;
    }
  }
  return best;
}

/** Boxes of even height have their middle on a whole pixel, so edges between them can be level. */
function evenUp(height: number): number {
  return 2 * Math.ceil(height / 2);
}

/** Letters of a name that fit into a bar's name column. */
export function lettersIn(width: number): number {
  return codeLetters(width, COUNT_FONT);
}
