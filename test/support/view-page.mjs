// Runs in the page of render-views.mjs: draws one pretended run, or measures how long updates take.
import { ComparisonChart, LiveChart, planView, RunStore, summary, themeFrom } from "../../extension/lib/view/index.js";
import { SimulatedRun } from "./simulate-run.js";
import * as graphs from "./simulated-graphs.js";

const { vega, vegaLite } = globalThis;
const graphOf = { ...graphs };
const card = document.querySelector("#card");

const simulated = ({ graph: [name, size], slower = {}, ...options }) => {
  const tasks = graphOf[name](size).map((task) => ({ ...task, ms: Math.round(task.ms * (slower[task.name] ?? 1)) }));
  return new SimulatedRun(tasks, options);
};

/** Two runs, each at its share of its time. */
window.compare = async ({ runs, width = 960 }, variables) => {
  const stores = runs.map(({ at = 1, ...options }) => {
    const run = simulated(options);
    return RunStore.fromBundle(run.bundleAt(run.end * at));
  });
  const theme = themeFrom(variables);
  card.replaceChildren();
  document.body.style.background = theme.ground;
  const chart = new ComparisonChart(card, stores, width, { vega, vegaLite, theme, locale: "en" });
  await chart.ready();
  const drawn = card.querySelector("canvas, svg").getBoundingClientRect();
  return { drawn: [drawn.width, drawn.height] };
};

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
  await chart.ready();
  const drawn = box.getBoundingClientRect();
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

/** Milliseconds per update at 10,000 changes a second in ten batches a second, for about 4,000 tiles. */
window.measure = async () => {
  const run = new SimulatedRun(graphs.largeGraph(4000), { workers: 64 });
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const times = [];
  const batches = 9;
  for (let round = 0; round < 5; round++) {
    const store = RunStore.fromBundle(run.bundleAt(0));
    const chart = new LiveChart(card, store, planView(store, 960), { vega, vegaLite, theme: themeFrom({}) });
    await chart.ready();
    for (let k = 0; k < batches; k++) {
      const delta = run.delta((run.end * k) / batches, (run.end * (k + 1)) / batches - 0.1, k + 1);
      await frame();
      const before = performance.now();
      store.apply(delta);
      const counts = chart.update(store);
      await chart.ready();
      times.push({ ms: performance.now() - before, events: delta.i.length, ...counts });
    }
    chart.finalize();
  }
  const all = times.map((time) => time.ms);
  // Other work on the machine only ever adds time: the best of the rounds is what an update costs.
  const best = Array.from({ length: batches }, (_, k) => Math.min(...all.filter((_, i) => i % batches === k)));
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    tiles: run.tasks.length,
    mean: mean(all),
    worst: Math.max(...all),
    meanOfBest: mean(best),
    best,
    last: times.slice(-batches),
  };
};
