import { PILL_INSET } from "../plan/pill-widths.js";
import type { EdgePath, NodesPlan, Pill } from "../plan/plan.js";
import type { Form } from "../store/state.js";
import { formWord } from "../text/form-words.js";
import { mix, readable } from "../theme/color.js";
import { fillUnderText, type Theme, textOn } from "../theme/theme.js";
import { edgeRows } from "./edge-rows.js";
import { type Datasets, NO_STROKE, type Row, type Scene } from "./row.js";

/** More edges than this per pill lie over each other: they are drawn thinner. */
const MANY_EDGES = 2;
const RUNNING_STROKE = 1.4;
/** WCAG's least contrast of text: names lie on what fills a pill */
const TEXT_CONTRAST = 4.5;

/** Rows of the node level: a pill per task that fills while it runs. */
export function nodeRows({ graph, hasTimes }: NodesPlan, scene: Scene): Datasets {
  const { store, theme } = scene;
  const forms = graph.nodes.map(({ task }) => store.formOf(task));
  const thin = graph.edges.length > MANY_EDGES * graph.nodes.length ? 0.6 : 1;
  const edgeLook = ({ from, to }: EdgePath) => {
    const isLive = forms[from] === "done" && forms[to] === "running";
    return { color: isLive ? theme.ink2 : theme.edge, strokeWidth: thin * (isLive ? 2 : 1.4) };
  };
  const data: Datasets = {
    ...edgeRows(graph.edges, edgeLook),
    pills: [],
    waiting: [],
    progress: [],
    names: [],
    times: [],
  };
  for (const [k, pill] of graph.nodes.entries()) {
    const form = forms[k]!;
    const { box, task } = pill;
    const look = pillLook(scene, pill, form);
    const middle = box.y + box.height / 2;
    const isDashed = form === "waiting" && store.state !== "planned";
    data[isDashed ? "waiting" : "pills"]!.push({
      id: task,
      task,
      x: box.x,
      x2: box.x + box.width,
      y: box.y,
      y2: box.y + box.height,
      ...look.pill,
    });
    if (form === "running") data.progress!.push(progressRow(scene, pill));
    data.names!.push({ id: task, x: box.x + PILL_INSET, y: middle, text: pill.label, color: look.name });
    const text = hasTimes ? timeText(scene, pill, form) : "";
    data.times!.push({ id: task, x: box.x + box.width - PILL_INSET, y: middle, text, color: look.time });
  }
  return data;
}

function pillLook({ store, theme, hues }: Scene, { group }: Pill, form: Form) {
  const hue = hues[group]!;
  const box = (fill: string, stroke: string, strokeWidth = theme.stroke) => ({ fill, o: 1, stroke, strokeWidth });
  if (store.state === "planned") {
    return { pill: box(mix(theme.card, hue, 0.16), hue), name: theme.ink, time: theme.ink };
  }
  switch (form) {
    case "done": {
      const { fill, text } = fillUnderText(theme, hue);
      return { pill: box(fill, fill), name: text, time: text };
    }
    case "failed":
      return { pill: box(theme.error, theme.error), name: textOn(theme.error), time: textOn(theme.error) };
    case "running":
      return { pill: box(theme.card, theme.ink, runningStroke(theme)), name: theme.ink, time: theme.ink };
    case "queued":
      return { pill: box(mix(theme.card, hue, 0.22), hue), name: theme.ink, time: theme.ink };
    case "waiting":
      return { pill: box(theme.card, hue), name: theme.ink2, time: theme.ink2 };
    case "stopped":
      return { pill: box(theme.card, theme.line), name: theme.ink2, time: theme.ink2 };
  }
}

/** A running pill fills as far as its task says it is; one that has said nothing is pale all along. */
function progressRow({ store, theme, hues }: Scene, { task, group, box }: Pill): Row {
  const fraction = store.tasks.fraction[task]!;
  const inset = runningStroke(theme) / 2;
  const [from, to] = [box.x + inset, box.x + box.width - inset];
  const x2 = fraction > 0 ? from + (to - from) * fraction : to;
  const share = fraction > 0 ? (theme.isDark ? 0.36 : 0.45) : 0.14;
  const fill = readable(mix(theme.card, hues[group]!, share), [theme.ink], TEXT_CONTRAST, theme.card);
  return { id: task, x: from, x2, y: box.y + inset, y2: box.y + box.height - inset, fill, o: 1, ...NO_STROKE };
}

function runningStroke({ stroke }: Theme): number {
  return Math.max(RUNNING_STROKE, stroke);
}

function timeText({ store, formats }: Scene, { task }: Pill, form: Form): string {
  const { start, end } = store.tasks;
  if (form === "failed") return formWord(form);
  if (form === "stopped") return formWord(form);
  if (form === "running" && start[task]! >= 0) return formats.clock(Math.max(0, store.elapsed - start[task]!));
  return form === "done" && end[task]! >= 0 ? formats.duration(end[task]! - start[task]!) : "";
}
