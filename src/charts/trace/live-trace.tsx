import { X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useReducer, useRef, useState } from 'react';
import { count, percent, significant } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import frameStyles from '../shared/chart-frame.module.css';
import { usePalette } from '../shared/palette';
import { frameThrottle, nextTask } from '../shared/timing';
import { useSize } from '../shared/use-size';
import { type GhostTrace, ghostSummary } from './ghost-trace';
import { LineLegend } from './line-legend';
import styles from './live-trace.module.css';
import type { TracePlot } from './live-trace-plot';
import { stageChanges, stillStages, type TraceStage } from './stage-places';
import type { LiveSeries } from './trace-data';
import { type BesideTrace, besideSummary, changeSentence, traceTable } from './trace-words';

/** The drawing library of the plot, loaded apart from the first page. */
export const loadTracePlot = () => import('./live-trace-plot');

interface Props {
  readonly series: LiveSeries;
  /** Training steps of the whole program: the width of the picture. */
  readonly totalSteps: number;
  /** The steps of the run. */
  readonly stages?: readonly TraceStage[];
  /** Test accuracy after each finished step of the run, 0 … 1, by its number. */
  readonly tests?: Readonly<Record<number, number>>;
  /** Number of the first step of the run that compresses: from it on lines have the compressed hue. Null if none. */
  readonly compressedFromStage: number | null;
  /** A second run, drawn dashed. */
  readonly beside?: BesideTrace | null;
  /** A finished run that others are compared with, drawn thin, grey and dashed. */
  readonly ghost?: GhostTrace | null;
}

/** Milliseconds between two redraws of the plot, and between two renewals of the sentence. */
const REDRAW = 100;
const RESAY = 500;
const none: readonly TraceStage[] = [];
const untested: Readonly<Record<number, number>> = {};
const GHOST = 'M0 60H100 M0 4C8 44 20 52 100 55 M2 50C10 18 22 10 100 7';

/** Loss and validation accuracy of a run while it happens. The plot draws itself outside React. */
export function LiveTrace(props: Props) {
  const { series, totalSteps, stages = none, tests = untested, compressedFromStage, beside = null, ghost = null } = props;
  const [log, setLog] = useState(false);
  const [readout, setReadout] = useState<string | null>(null);
  useRenderEvery(series, RESAY);
  useRenderEvery(beside?.series ?? series, RESAY);
  const empty = series.steps === 0 && series.evaluations.length === 0;
  const changes = stageChanges(stillStages(stages, series.boundaries), tests);
  return (
    <ChartFrame
      title="Loss and accuracy"
      subtitle={beside || ghost ? <LineLegend beside={beside} ghost={ghost !== null} /> : '● validation, ■ test accuracy'}
      summary={[
        ...(beside
          ? [besideSummary(series, beside)]
          : [
              ...changes.slice(-1).map((change) => changeSentence(stages, change)),
              traceSummary(series, totalSteps, changes.at(-1)?.stage),
            ]),
        ...(ghost ? [ghostSummary(ghost, series, totalSteps)] : []),
      ]
        .filter(Boolean)
        .join(' ')}
      readout={readout}
      table={() => traceTable(series, beside?.series, ghost, { stages, tests })}
      empty={empty ? { text: 'Press play: loss and accuracy are drawn here, step by step.', ghost: GHOST } : undefined}
      tools={
        empty ? undefined : (
          <>
            {beside && (
              <button
                type="button"
                className={frameStyles.tool}
                aria-label="End the comparison"
                title="End the comparison"
                onClick={beside.onEnd}
              >
                <X size={14} strokeWidth={1.75} aria-hidden="true" />
              </button>
            )}
            <button
              type="button"
              className={frameStyles.tool}
              aria-pressed={log}
              aria-label="Logarithmic loss axis"
              title={log ? 'Linear loss axis' : 'Logarithmic loss axis'}
              onClick={() => setLog(!log)}
            >
              log
            </button>
          </>
        )
      }
    >
      <Plot
        series={series}
        totalSteps={totalSteps}
        stages={stages}
        tests={tests}
        compressedFromStage={compressedFromStage}
        otherStages={beside?.stages ?? none}
        otherTests={beside?.measured ?? untested}
        other={beside?.series ?? null}
        otherCompressedFromStage={beside?.compressedFromStage ?? null}
        ghost={ghost}
        log={log}
        readout={readout}
        onReadout={setReadout}
      />
    </ChartFrame>
  );
}

interface PlotProps extends Required<Pick<Props, 'series' | 'totalSteps' | 'stages' | 'tests' | 'compressedFromStage'>> {
  readonly otherStages: readonly TraceStage[];
  readonly otherTests: Readonly<Record<number, number>>;
  readonly ghost: GhostTrace | null;
  readonly other: LiveSeries | null;
  readonly otherCompressedFromStage: number | null;
  readonly log: boolean;
  readonly readout: string | null;
  readonly onReadout: (text: string | null) => void;
}

function Plot(props: PlotProps) {
  const { series, totalSteps, stages, tests, compressedFromStage, log, readout, onReadout } = props;
  const { other, otherStages, otherTests, otherCompressedFromStage, ghost } = props;
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<TracePlot | null>(null);
  const [sizeRef, size] = useSize();
  const palette = usePalette();
  const step = useRef<number | null>(null);
  const at = useRef<string | undefined>(undefined);
  const tested = useRef({ tests, otherTests });

  useEffect(() => {
    let gone = false;
    let end = () => {};
    void loadTracePlot().then(async ({ createTracePlot }) => {
      // Not in the task that evaluated the library or rendered the frame.
      await nextTask();
      if (gone || !element.current) return;
      const view = {
        totalSteps,
        stages,
        otherStages,
        log,
        palette,
        other,
        ghost,
        get tests() {
          return tested.current.tests;
        },
        get otherTests() {
          return tested.current.otherTests;
        },
        // Read at every redraw: the stage may start after the plot was made.
        get compressedFrom() {
          return compressedFrom(series, compressedFromStage);
        },
        get otherCompressedFrom() {
          // A stage that both have in common began in the first.
          return Math.min(
            compressedFrom(series, otherCompressedFromStage),
            other ? compressedFrom(other, otherCompressedFromStage) : Number.POSITIVE_INFINITY,
          );
        },
      };
      const made = createTracePlot(element.current, series, view, (point) => {
        if (point?.text === at.current) return;
        at.current = point?.text;
        step.current = point?.step ?? null;
        onReadout(point?.text ?? null);
      });
      plot.current = made;
      const { request, cancel } = frameThrottle(made.update, REDRAW);
      let unsubscribe = () => {};
      end = () => {
        unsubscribe();
        cancel();
        made.destroy();
        plot.current = null;
        step.current = null;
        at.current = undefined;
        onReadout(null);
      };
      await nextTask();
      if (gone) return;
      made.start();
      const ends = [series, other].map((one) => one?.subscribe(request));
      unsubscribe = () => {
        for (const stop of ends) stop?.();
      };
      // What came in the meantime.
      request();
    });
    return () => {
      gone = true;
      end();
    };
  }, [series, totalSteps, stages, otherStages, compressedFromStage, other, otherCompressedFromStage, ghost, log, palette, onReadout]);

  useEffect(() => plot.current?.resize(size.width, size.height), [size]);
  useEffect(() => {
    tested.current = { tests, otherTests };
    plot.current?.update();
  }, [tests, otherTests]);

  const onKeyDown = (event: KeyboardEvent) => {
    const share = { ArrowRight: 0.02, ArrowLeft: -0.02, PageUp: 0.1, PageDown: -0.1, Home: -1, End: 1 }[event.key];
    if (event.key === 'Escape') plot.current?.leave();
    if (share === undefined) return;
    event.preventDefault();
    plot.current?.move(share);
  };

  return (
    <div ref={sizeRef} className={styles.box}>
      <div
        ref={element}
        className={styles.plot}
        role="slider"
        tabIndex={0}
        aria-label="Loss and accuracy by step; arrow keys read values"
        aria-valuemin={0}
        aria-valuemax={totalSteps}
        aria-valuenow={step.current ?? series.steps}
        aria-valuetext={readout ?? traceSummary(series, totalSteps)}
        onKeyDown={onKeyDown}
        onBlur={() => plot.current?.leave()}
      />
    </div>
  );
}

/** Global step at which a stage began; Infinity if it did not. */
function compressedFrom({ boundaries }: LiveSeries, stage: number | null): number {
  const at = stage === null ? undefined : boundaries[stage];
  return at === undefined || Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
}

/** Renders the component again after changes of the series, at most every `interval` milliseconds. */
function useRenderEvery(series: LiveSeries, interval: number): void {
  const [, render] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const { request, cancel } = frameThrottle(render, interval);
    const unsubscribe = series.subscribe(request);
    render();
    return () => {
      unsubscribe();
      cancel();
    };
  }, [series, interval]);
}

/** The state of the run, in one sentence. @param said number of the last step of the run whose accuracy has been said already */
function traceSummary(series: LiveSeries, totalSteps: number, said = -1): string {
  const last = series.loss.subarray(Math.max(0, series.steps - 100), series.steps);
  const window = last.filter(Number.isFinite);
  const loss = window.length > 0 ? window.reduce((a, b) => a + b, 0) / window.length : Number.NaN;
  const evaluation = series.evaluations.at(-1);
  const parts = [`${count(series.steps)} of ${count(Math.max(totalSteps, series.steps))} steps`];
  // A recording of a long run has the loss of every second or fifth step only.
  const which = window.length < last.length ? `${window.length} of the last ${last.length}` : `the last ${window.length}`;
  if (Number.isFinite(loss)) parts.push(`mean loss of ${which} steps ${significant(loss, 2)}`);
  if (evaluation && (evaluation.stage ?? 0) > said) parts.push(`validation accuracy ${percent(evaluation.accuracy)}`);
  return `${parts.join(', ')}.`;
}
