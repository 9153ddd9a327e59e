import type { RunStore } from "../store/run-store.js";
import { summary } from "../text/summary.js";
import type { Theme } from "../theme/theme.js";
import { escaped } from "./markup.js";

const PADDING = 16;
const HEADER_HEIGHT = 64;
const TITLE_LETTERS = 48;
const BAR_HEIGHT = 6;

/** A picture and its size in pixels. */
export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/**
 * The picture of a run with its header, which on the page is not part of the chart: title, counts, times and the bar.
 * @param chart the chart as Vega wrote it, with its size
 */
export function pictureSvg(store: RunStore, theme: Theme, chart: Picture): Picture {
  const { width } = chart;
  const height = chart.height + HEADER_HEIGHT;
  const said = summary(store);
  const counts = [said.stateText, said.doneText, said.stoppedText].filter(Boolean).join(" · ");
  const figures = [said.elapsedText, said.workersText, said.peakText].filter(Boolean).join(" · ");
  const title = said.title.length > TITLE_LETTERS ? `${said.title.slice(0, TITLE_LETTERS - 1)}…` : said.title;
  const font = `font-family="${escaped(theme.uiFont)}" font-size="13"`;
  const failed = said.failedText && span(said.failedText, `fill="${theme.error}" font-weight="600" dx="10"`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escaped(`${said.title}: ${counts}`)}</title>
<desc>${escaped([counts, said.failedText, figures].filter(Boolean).join(" · "))}</desc>
<rect width="${width}" height="${height}" fill="${theme.ground}"/>
<text x="${PADDING}" y="30" ${font}>${span(title, `fill="${theme.ink}" font-size="15" font-weight="600"`)}${span(counts, `fill="${theme.ink2}" dx="12"`)}${failed}</text>
<text x="${width - PADDING}" y="30" text-anchor="end" fill="${theme.ink2}" ${font}>${escaped(figures)}</text>
${store.state === "planned" ? "" : bar(store, theme, width - 2 * PADDING)}
<g transform="translate(0 ${HEADER_HEIGHT})">${chart.svg.replace(/^<\?xml[^>]*\?>|<!DOCTYPE[^>]*>/g, "")}</g>
</svg>`;
  return { svg, width, height };
}

function span(text: string, attributes: string): string {
  return `<tspan ${attributes}>${escaped(text)}</tspan>`;
}

function bar(store: RunStore, theme: Theme, width: number): string {
  const y = 44;
  let x = PADDING;
  const fills: Readonly<Record<string, string>> = { done: theme.ink2, failed: theme.error };
  const parts = summary(store).parts.map(({ form, share }) => {
    const part = rect(x, y, width * share, fills[form] ?? theme.edge);
    x += width * share;
    return share > 0 && form !== "stopped" && form !== "queued" ? part : "";
  });
  return rect(PADDING, y, width, theme.track) + parts.join("");
}

function rect(x: number, y: number, width: number, fill: string): string {
  return `<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${BAR_HEIGHT}" fill="${fill}"/>`;
}
