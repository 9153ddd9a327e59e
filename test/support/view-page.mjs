// Runs in the page of render-views.mjs: draws one pretended run, or measures how long updates take.
import { LiveChart, planView, RunStore, summary, themeFrom } from "../../extension/lib/view/index.js";
import { SimulatedRun } from "./simulate-run.js";
import * as graphs from "./simulated-graphs.js";

const { vega, vegaLite } = globalThis;
const graphOf = { ...graphs };
const card = document.querySelector("#card");

window.draw = async ({ graph: [name, size], at, title, width = 960, ...options }, variables) => {
  const run = new SimulatedRun(graphOf[name](size), { title, ...options });
  const store = RunStore.fromBundle(at < 0 ? run.planned() : run.bundleAt(run.end * at));
  const theme = themeFrom(variables);
  const plan = planView(store, width, { isOpen: true });
  document.body.style.background = theme.ground;
  card.replaceChildren(headerOf(summary(store, "en"), theme, width));
  card.style.background = theme.ground;
  const box = card.appendChild(document.createElement("div"));
  const chart = new LiveChart(box, store, plan, { vega, vegaLite, theme, locale: "en" });
  await new Promise((resolve) => requestAnimationFrame(resolve));
  const drawn = box.querySelector("canvas, svg").getBoundingClientRect();
  const { crossings } = plan.graph;
  const facts = { level: plan.level, plan: [plan.width, plan.height], drawn: [drawn.width, drawn.height], crossings };
  window.chart = chart;
  return facts;
};

/** About the header that the extension draws above the picture, so that both are judged together. */
function headerOf(text, theme, width) {
  const header = document.createElement("div");
  header.style.cssText = `width:${width}px;color:${theme.ink2};font-family:${theme.uiFont}`;
  const left = [text.stateText, text.doneText, text.runningText].filter(Boolean).join(" · ");
  const right = [text.elapsedText, text.etaText, text.workersText, text.peakText].filter(Boolean).join(" · ");
  const inks = { done: theme.ink, failed: theme.error, running: theme.ink3, queued: theme.edge, stopped: theme.track };
  const parts = text.parts.map(({ form, share }) => `<i style="width:${100 * share}%;background:${inks[form]}"></i>`);
  header.innerHTML = `<header><b style="color:${theme.ink}">${text.title}</b><span>${left}</span>
    <b style="font-size:12px;color:${theme.error}">${text.failedText}</b><span class="right">${right}</span></header>
    <div class="bar" style="background:${theme.track}">${parts.join("")}</div>`;
  return header;
}

/** Milliseconds per update at 10,000 changes a second in batches of 1,000, for about 4,000 tiles. */
window.measure = async () => {
  const run = new SimulatedRun(graphs.largeGraph(4000), { workers: 64 });
  const store = RunStore.fromBundle(run.bundleAt(0));
  const theme = themeFrom({});
  const plan = planView(store, 960);
  const chart = new LiveChart(card, store, plan, { vega, vegaLite, theme });
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const times = [];
  const n = store.n;
  const bounds = Array.from({ length: 40 }, (_, k) => (run.end * k) / 40);
  for (const [k, from] of bounds.entries()) {
    const delta = run.delta(from, run.end * ((k + 1) / 40), k + 1);
    await frame();
    const before = performance.now();
    store.apply(delta);
    const counts = chart.update(store);
    times.push({ ms: performance.now() - before, events: delta.i.length, ...counts });
  }
  const ms = times.map((time) => time.ms).sort((a, b) => a - b);
  const mean = ms.reduce((sum, value) => sum + value, 0) / ms.length;
  return { n, mean, median: ms[20], worst: ms.at(-1), sample: times.slice(18, 22) };
};
