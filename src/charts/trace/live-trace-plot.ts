import 'uplot/dist/uPlot.min.css';
import uPlot from 'uplot';
import { circled, count, percent, significant } from '../../numerics/measures/number-words';
import type { Palette } from '../shared/palette';
import { type GhostColumns, type GhostTrace, ghostReadout, withGhost } from './ghost-trace';
import type { LiveSeries } from './trace-data';
import { accuracyRange, evaluationAt, groupMarks, lossRange, pairColumns, smoothingSteps, spread, traceColumns } from './trace-data';
import { accuracyFigures, isDecadeStep, trimmed } from './trace-words';

export interface TraceView {
  readonly totalSteps: number;
  /** What is drawn where each step of the run begins; its number where nothing is said. */
  readonly marks: readonly string[];
  /** The training step from which on the run is compressed: its lines change their hue there. */
  readonly compressedFrom: number;
  /** A second run, drawn dashed, and the training step from which on it is compressed. */
  readonly other: LiveSeries | null;
  readonly otherCompressedFrom: number;
  /** A finished run behind both. */
  readonly ghost: GhostTrace | null;
  readonly log: boolean;
  readonly palette: Palette;
}

export interface TracePlot {
  /** Draws for the first time. The plot is made without drawing, so that neither task is long. */
  readonly start: () => void;
  /** Rereads the series and redraws. */
  readonly update: () => void;
  readonly resize: (width: number, height: number) => void;
  /** Moves the cursor by a share of the width; starts at the right end of the data. */
  readonly move: (share: number) => void;
  readonly leave: () => void;
  readonly destroy: () => void;
}

const PADDING = 26;
const DASH = [5, 4];
const nothing = { steps: 0, loss: new Float32Array(), evaluations: [], boundaries: [] };

/** A uPlot of a live series. `onStep` receives the training step under the cursor, null for none. */
export function createTracePlot(
  element: HTMLElement,
  series: LiveSeries,
  view: TraceView,
  onStep: (step: number | null) => void,
): TracePlot {
  const { palette, log } = view;
  let columns = read();

  function read(): GhostColumns {
    const width = Math.max(50, element.clientWidth - 2 * PADDING);
    const other = traceColumns(view.other ?? nothing, view.otherCompressedFrom, width);
    const until = Math.max(view.totalSteps, series.steps);
    return withGhost(pairColumns(traceColumns(series, view.compressedFrom, width), other), view.ghost, until, smoothingSteps(until, width));
  }

  const aligned = (): uPlot.AlignedData => [
    columns.step,
    columns.rawFloat,
    columns.rawCompressed,
    columns.smoothFloat,
    columns.smoothCompressed,
    columns.accuracy,
    columns.otherFloat,
    columns.otherCompressed,
    columns.otherAccuracy,
    columns.ghostLoss,
    columns.ghostAccuracy,
  ];
  const font = `12px ${palette.font}`;
  const line = (stroke: string, width: number, alpha = 1, scale = 'loss'): uPlot.Series => ({
    scale,
    stroke,
    width,
    alpha,
    spanGaps: true,
    points: { show: false },
  });
  const axis = (scale: string): uPlot.Axis => ({ scale, font, stroke: palette.ink3, ticks: { show: false }, gap: 4 });

  let begin: (() => void) | undefined;
  const plot = new uPlot(
    {
      width: Math.max(60, element.clientWidth),
      height: Math.max(60, element.clientHeight),
      padding: [20, 0, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: false, range: () => [0, Math.max(view.totalSteps, series.steps, view.other?.steps ?? 0, 1)] },
        loss: { distr: log ? 3 : 1, range: () => lossRange(columns, log) },
        accuracy: { range: () => accuracyRange([...series.evaluations, ...(view.other?.evaluations ?? []), ...ghostPoints()]) },
      },
      axes: [
        {
          ...axis('x'),
          size: 24,
          space: 64,
          grid: { show: false },
          incrs: [1, 2, 5].flatMap((d) => [1, 10, 100, 1e3, 1e4, 1e5].map((p) => d * p)).sort((a, b) => a - b),
          values: (_u, ticks) => ticks.map(count),
          border: { show: true, stroke: palette.hairline, width: 1 },
        },
        {
          ...axis('loss'),
          size: 40,
          space: 34,
          grid: { stroke: palette.grid, width: 1 },
          filter: log ? (_u, splits) => splits.map((v) => (isDecadeStep(v) ? v : null)) : undefined,
          values: (_u, ticks) => ticks.map((t) => (t === null ? '' : trimmed(t))),
        },
        {
          ...axis('accuracy'),
          side: 1,
          size: 46,
          space: 34,
          grid: { show: false },
          incrs: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5],
          values: (_u, ticks) => accuracyFigures(ticks),
        },
      ],
      series: [
        {},
        line(palette.latent, 1, 0.22),
        line(palette.stored, 1, 0.22),
        line(palette.latent, 1.75),
        line(palette.stored, 1.75),
        { ...line(palette.ink, 1.5, 1, 'accuracy'), points: { show: pointsFit, size: 4, fill: palette.ink, width: 0 } },
        { ...line(palette.latent, 1.5), dash: DASH },
        { ...line(palette.stored, 1.5), dash: DASH },
        {
          ...line(palette.ink, 1.25, 1, 'accuracy'),
          dash: DASH,
          points: { show: pointsFit, size: 5, fill: palette.paper, stroke: palette.ink, width: 1 },
        },
        { ...line(palette.ghost, 1), dash: DASH },
        { ...line(palette.ghost, 1, 1, 'accuracy'), dash: DASH, points: { show: ghostPointsFit, size: 4, fill: palette.ghost, width: 0 } },
      ],
      hooks: {
        drawClear: [drawStages],
        draw: [drawLabels],
        setCursor: [(u) => onStep(u.cursor.idx === null || u.cursor.idx === undefined ? null : (columns.step[u.cursor.idx] ?? null))],
      },
    },
    aligned(),
    (self, init) => {
      element.append(self.root);
      begin = init as () => void;
    },
  );

  function start(): void {
    begin?.();
    begin = undefined;
  }

  function drawStages(u: uPlot): void {
    const { ctx, bbox } = u;
    const ratio = uPlot.pxRatio;
    const positions = series.boundaries.map((b) => u.valToPos(b, 'x', true));
    ctx.save();
    ctx.font = `${14 * ratio}px ${palette.font}`;
    ctx.fillStyle = palette.ink2;
    ctx.strokeStyle = palette.hairline;
    ctx.lineWidth = ratio;
    ctx.textBaseline = 'middle';
    for (const { at, stages } of groupMarks(positions, 16 * ratio)) {
      const text = stages.map((s) => view.marks[s] ?? circled(s + 1)).join('\u2009');
      const width = ctx.measureText(text).width;
      const x = Math.min(at - 7 * ratio, bbox.left + bbox.width - width + 7 * ratio);
      ctx.fillText(text, Math.max(0, x), bbox.top - 11 * ratio);
      if (at > bbox.left + ratio) {
        ctx.beginPath();
        ctx.moveTo(Math.round(at) + 0.5, bbox.top);
        ctx.lineTo(Math.round(at) + 0.5, bbox.top + bbox.height);
        ctx.stroke();
      }
    }
    ctx.restore();
  }

  function drawLabels(u: uPlot): void {
    const last = columns.step.length - 1;
    const evaluation = series.evaluations.at(-1);
    const labels: { text: string; colour: string; step: number; y: number; line: (from: number) => readonly number[] }[] = [];
    const row = columns.smoothFloat.findLastIndex((v, i) => v !== null || columns.smoothCompressed[i] !== null);
    const smooth = row < 0 ? null : (columns.smoothCompressed[row] ?? columns.smoothFloat[row] ?? null);
    if (evaluation) {
      const y = u.valToPos(evaluation.accuracy, 'accuracy', true);
      const line = (from: number) => accuracyFrom(u, from);
      labels.push({ text: `accuracy ${percent(evaluation.accuracy)}`, colour: palette.ink, step: evaluation.step, y, line });
    }
    if (smooth !== null && last >= 0) {
      const colour = columns.smoothCompressed[row] === null ? palette.latentText : palette.storedText;
      labels.push({
        text: `loss ${significant(smooth, 2)}`,
        colour,
        step: columns.step[row]!,
        y: u.valToPos(smooth, 'loss', true),
        line: (from) => lossFrom(u, from),
      });
    }
    const { ctx, bbox } = u;
    const ratio = uPlot.pxRatio;
    ctx.save();
    ctx.font = `600 ${12 * ratio}px ${palette.font}`;
    ctx.textBaseline = 'middle';
    ctx.lineJoin = 'round';
    ctx.lineWidth = 4 * ratio;
    ctx.strokeStyle = palette.paper;
    const placed = labels.map((label) => {
      const end = u.valToPos(label.step, 'x', true) + 8 * ratio;
      const room = bbox.left + bbox.width - ctx.measureText(label.text).width - 4 * ratio;
      if (end <= room) return { ...label, x: end };
      // No room behind the line: over all of it that the label would cover, or under it.
      const covered = label.line(room);
      const over = Math.min(label.y, ...covered) - 12 * ratio;
      const y = over >= bbox.top + 8 * ratio ? over : Math.max(label.y, ...covered) + 12 * ratio;
      return { ...label, x: room, y };
    });
    const heights = spread(
      placed.map((label) => label.y),
      15 * ratio,
      bbox.top + 8 * ratio,
      bbox.top + bbox.height - 8 * ratio,
    );
    placed.forEach((label, i) => {
      ctx.strokeText(label.text, label.x, heights[i]!);
      ctx.fillStyle = label.colour;
      ctx.fillText(label.text, label.x, heights[i]!);
    });
    ctx.restore();
  }

  /** Heights of the accuracy's points from a position on, and of the one before it, in canvas pixels. */
  function accuracyFrom(u: uPlot, x: number): readonly number[] {
    const first = series.evaluations.findIndex((e) => u.valToPos(e.step, 'x', true) >= x);
    return series.evaluations.slice(Math.max(0, first - 1)).map((e) => u.valToPos(e.accuracy, 'accuracy', true));
  }

  /** Heights of the smooth loss from a position on, in canvas pixels. */
  function lossFrom(u: uPlot, x: number): readonly number[] {
    const first = columns.step.findIndex((step) => u.valToPos(step, 'x', true) >= x);
    return columns.step.slice(Math.max(0, first)).flatMap((_, i) => {
      const row = Math.max(0, first) + i;
      const value = columns.smoothCompressed[row] ?? columns.smoothFloat[row] ?? null;
      return value === null ? [] : [u.valToPos(value, 'loss', true)];
    });
  }

  function pointsFit(): boolean {
    return series.evaluations.length <= 30;
  }

  function ghostPoints() {
    return columns.ghostAccuracy.flatMap((accuracy) => (accuracy === null ? [] : [{ accuracy }]));
  }

  function ghostPointsFit(): boolean {
    return ghostPoints().length <= 30;
  }

  const update = () => {
    start();
    columns = read();
    plot.setData(aligned());
  };
  return {
    start,
    update,
    resize: (width, height) => {
      start();
      if (width < 60 || height < 60 || (width === plot.width && height === plot.height)) return;
      plot.setSize({ width, height });
      update();
    },
    move: (share) => {
      start();
      const { width, height } = plot.over.getBoundingClientRect();
      const from =
        plot.cursor.left !== undefined && plot.cursor.left >= 0 ? plot.cursor.left : plot.valToPos(series.steps, 'x') - share * width;
      plot.setCursor({ left: Math.max(0, Math.min(plot.valToPos(series.steps, 'x'), from + share * width)), top: height / 2 });
    },
    leave: () => plot.setCursor({ left: -10, top: -10 }),
    destroy: () => plot.destroy(),
  };
}

/** The step under the cursor in words. */
export function stepReadout(series: LiveSeries, step: number, ghost: GhostTrace | null): string {
  const loss = step > 0 ? series.loss[step - 1] : undefined;
  const evaluation = evaluationAt(series.evaluations, step);
  const parts = [`step ${count(step)}`];
  if (loss !== undefined) parts.push(`loss ${significant(loss)}`);
  if (evaluation) parts.push(`validation accuracy ${percent(evaluation.accuracy)} (step ${count(evaluation.step)})`);
  if (ghost) parts.push(ghostReadout(ghost, step));
  return parts.filter(Boolean).join(' · ');
}
