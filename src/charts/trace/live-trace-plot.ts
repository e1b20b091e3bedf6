import 'uplot/dist/uPlot.min.css';
import uPlot from 'uplot';
import { count } from '../../numerics/measures/number-words';
import type { Palette } from '../shared/palette';
import { type GhostTrace, withGhost } from './ghost-trace';
import { placesFor, positionAfter, positionOfStep, stageChanges, stepAt, stillStages, type TraceStage } from './stage-places';
import { drawAnswers, drawStages, type Scene, stillGaps } from './trace-canvas';
import type { LiveSeries } from './trace-data';
import { accuracyRange, lossRange, pairColumns, smoothingSteps, traceColumns } from './trace-data';
import { traceReadout } from './trace-readout';
import { accuracyFigures, isDecadeStep, trimmed } from './trace-words';

export interface TraceView {
  readonly totalSteps: number;
  /** The steps of the run. */
  readonly stages: readonly TraceStage[];
  /** Test accuracy after each finished step of the run, 0 … 1, by its number. */
  readonly tests: Readonly<Record<number, number>>;
  /** The training step from which on the run is compressed: its lines change their hue there. */
  readonly compressedFrom: number;
  /** A second run, drawn dashed, and the training step from which on it is compressed. */
  readonly other: LiveSeries | null;
  readonly otherCompressedFrom: number;
  readonly otherStages: readonly TraceStage[];
  readonly otherTests: Readonly<Record<number, number>>;
  /** A finished run behind both. */
  readonly ghost: GhostTrace | null;
  readonly log: boolean;
  readonly palette: Palette;
}

export interface TracePoint {
  readonly step: number;
  readonly text: string;
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

const LEFT = 40;
const RIGHT = 58;
const DASH = [5, 4];
const nothing = { steps: 0, loss: new Float32Array(), evaluations: [], boundaries: [] };

/** A uPlot of a live series. `onPoint` receives what is under the cursor, in words; null for nothing. */
export function createTracePlot(
  element: HTMLElement,
  series: LiveSeries,
  view: TraceView,
  onPoint: (point: TracePoint | null) => void,
): TracePlot {
  const { palette, log } = view;
  let scene = read();

  function read(): Scene {
    const width = Math.max(50, element.clientWidth - LEFT - RIGHT);
    const { other, ghost } = view;
    const until = Math.max(view.totalSteps, series.steps, other?.steps ?? 0);
    const still = stillStages(view.stages, series.boundaries);
    const otherStill = other ? stillStages(view.otherStages, other.boundaries) : [];
    const places = placesFor([still, otherStill], until, width);
    const place = (stills: typeof still) => (step: number, stage?: number) =>
      stage === undefined ? positionOfStep(places, step) : positionAfter(places, stills, step, stage);
    const behind = (step: number, repeated: number) =>
      positionOfStep(places, step) + places.width * Math.min(repeated, places.at.filter((at) => at === step).length);
    const both = pairColumns(
      traceColumns(series, view.compressedFrom, width, place(still)),
      traceColumns(other ?? nothing, view.otherCompressedFrom, width, place(otherStill)),
    );
    const columns = withGhost(both, ghost, until, smoothingSteps(until, width), behind);
    const changes = stageChanges(still, view.tests);
    const otherChanges = stageChanges(otherStill, view.otherTests);
    return { series, columns, stages: view.stages, places, still, changes, otherStill, otherChanges, palette };
  }

  function end(): number {
    const { places } = scene;
    return Math.max(view.totalSteps, series.steps, view.other?.steps ?? 0, 1) + places.width * places.at.length;
  }

  function accuracies() {
    const { changes, otherChanges } = scene;
    const tested = [...changes, ...otherChanges].flatMap(({ before, after }) => [before ?? after, after]);
    return [...series.evaluations, ...(view.other?.evaluations ?? []), ...ghostPoints(), ...tested.map((accuracy) => ({ accuracy }))];
  }

  const aligned = (): uPlot.AlignedData => [
    scene.columns.at,
    scene.columns.rawFloat,
    scene.columns.rawCompressed,
    scene.columns.smoothFloat,
    scene.columns.smoothCompressed,
    scene.columns.accuracy,
    scene.columns.otherFloat,
    scene.columns.otherCompressed,
    scene.columns.otherAccuracy,
    scene.columns.ghostLoss,
    scene.columns.ghostAccuracy,
  ];
  const font = `12px ${palette.font}`;
  const line = (stroke: string, width: number, alpha = 1, scale = 'loss'): uPlot.Series => ({
    scale,
    stroke,
    width,
    alpha,
    spanGaps: scale === 'loss',
    // Rows of losses have no accuracy: the line goes on over them, but not over a stage without training.
    gaps: stillGapsNow,
    points: { show: false },
  });
  const axis = (scale: string): uPlot.Axis => ({ scale, font, stroke: palette.ink3, ticks: { show: false }, gap: 4 });

  let begin: (() => void) | undefined;
  const plot = new uPlot(
    {
      width: Math.max(60, element.clientWidth),
      height: Math.max(60, element.clientHeight),
      padding: [27, 0, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: false, range: () => [0, end()] },
        loss: { distr: log ? 3 : 1, range: () => lossRange(scene.columns, log) },
        accuracy: { range: () => accuracyRange(accuracies()) },
      },
      axes: [
        {
          ...axis('x'),
          size: 24,
          space: 64,
          grid: { show: false },
          incrs: [1, 2, 5].flatMap((d) => [1, 10, 100, 1e3, 1e4, 1e5].map((p) => d * p)).sort((a, b) => a - b),
          splits: (_u, _axis, _min, _max, every) => {
            const last = Math.floor(stepAt(scene.places, end()) / every);
            return Array.from({ length: last + 1 }, (_, i) => positionOfStep(scene.places, i * every));
          },
          values: (_u, ticks) => ticks.map((tick) => count(Math.round(stepAt(scene.places, tick)))),
          label: 'training step',
          labelFont: font,
          labelSize: 16,
          labelGap: 0,
          border: { show: true, stroke: palette.hairline, width: 1 },
        },
        {
          ...axis('loss'),
          size: LEFT,
          space: 34,
          grid: { stroke: palette.grid, width: 1 },
          filter: log ? (_u, splits) => splits.map((v) => (isDecadeStep(v) ? v : null)) : undefined,
          values: (_u, ticks) => ticks.map((t) => (t === null ? '' : trimmed(t))),
        },
        {
          ...axis('accuracy'),
          side: 1,
          size: RIGHT,
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
        drawClear: [(u) => drawStages(u, scene)],
        draw: [(u) => drawAnswers(u, scene)],
        setCursor: [(u) => onPoint(pointAt(u.cursor.idx))],
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

  function pointsFit(): boolean {
    return series.evaluations.length <= 30;
  }

  function stillGapsNow(u: uPlot): uPlot.Series.Gaps {
    return stillGaps(u, scene);
  }

  /** What a row of the columns shows. */
  function pointAt(row: number | null | undefined): TracePoint | null {
    const { columns, still, places } = scene;
    const step = row === null || row === undefined ? undefined : columns.step[row];
    if (step === undefined) return null;
    const at = columns.at[row!]!;
    const stage = still.find((one) => {
      const right = positionAfter(places, still, one.at, one.stage);
      return at > right - places.width / 2 && at <= right;
    });
    return { step, text: traceReadout(series, { step, stage: stage?.stage ?? null }, view.stages, scene.changes, view.ghost) };
  }

  function ghostPoints() {
    return scene.columns.ghostAccuracy.flatMap((accuracy) => (accuracy === null ? [] : [{ accuracy }]));
  }

  function ghostPointsFit(): boolean {
    return ghostPoints().length <= 30;
  }

  const update = () => {
    start();
    scene = read();
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
      const last = plot.valToPos(scene.columns.at.at(-1) ?? 0, 'x');
      const from = plot.cursor.left !== undefined && plot.cursor.left >= 0 ? plot.cursor.left : last - share * width;
      plot.setCursor({ left: Math.max(0, Math.min(last, from + share * width)), top: height / 2 });
    },
    leave: () => plot.setCursor({ left: -10, top: -10 }),
    destroy: () => plot.destroy(),
  };
}
