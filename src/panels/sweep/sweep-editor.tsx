import { Plus } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { toFragment } from '../../experiment/link/url';
import { SweepError, tickLabel } from '../../experiment/sweep/axis';
import { type AxisChoice, axisChoices } from '../../experiment/sweep/choices';
import { sweepCost } from '../../experiment/sweep/cost';
import { axesLink, axisTexts, parseAxes, shortAxisText } from '../../experiment/sweep/link';
import { sweepPresetById, sweepPresets } from '../../experiment/sweep/presets';
import { AXIS_LIMIT, pointsOf, type Sweep, type SweepPoint } from '../../experiment/sweep/sweep';
import type { Experiment } from '../../experiment/types/experiment';
import { edit, setInterface, useExperiment } from '../../state/experiment/experiment-store';
import { runningSweep, useSweeps } from '../../state/sweep/sweep-store';
import { sweepKeeper } from '../../state/sweep/sweeps';
import { Button } from '../../ui/button';
import { Select } from '../../ui/select';
import { AxisRow } from './axis-row';
import styles from './sweep.module.css';
import { impossibleWords, sweepCostWords } from './sweep-words';
import { usePace } from './use-pace';

/** The address follows this long after the last key. */
const WRITE_DELAY = 400;
/** The choice of no ready-made sweep. */
const OF_SCREEN = 'the current experiment';

interface Props {
  /** Whether it was just given a sweep to be run. */
  readonly focus: boolean;
  readonly onStarted: () => void;
  /** Puts the form away; absent while there is nothing else to see. */
  readonly onFold?: () => void;
}

/** Defines a sweep of the current experiment, says what it takes, and starts it. */
export function SweepEditor({ focus, onStarted, onFold }: Props) {
  const section = useRef<HTMLElement>(null);
  const experiment = useExperiment((s) => s.experiment);
  const link = useExperiment((s) => s.rest.sweep ?? '');
  const choices = useMemo(() => axisChoices(experiment), [experiment]);
  const [texts, setTexts] = useState(() => (link === '' ? (remembered(experiment) ?? firstAxes(choices)) : axisTexts(link)));
  const [preset, setPreset] = useState(() => (focus ? presetOf(experiment, texts) : ''));
  /** What stood here before a ready-made sweep was chosen. */
  const before = useRef<{ readonly experiment: Experiment; readonly texts: readonly string[] } | null>(null);
  const running = useSweeps((s) => runningSweep(s.sweeps) !== undefined);
  const ready = useSweeps((s) => s.ready);
  useEffect(() => {
    useSweeps.setState({ axes: texts });
    const timer = setTimeout(() => setInterface('sweep', axesLink(texts)), WRITE_DELAY);
    return () => clearTimeout(timer);
  }, [texts]);
  useEffect(() => {
    if (focus) section.current?.focus();
  }, [focus]);
  const made = useMemo(() => sweepOf(experiment, texts, sweepPresetById(preset)?.label ?? ''), [experiment, texts, preset]);
  const change = (next: readonly string[]) => {
    setTexts(next);
    setPreset('');
  };
  const choosePreset = (id: string) => {
    const chosen = sweepPresetById(id);
    const next = chosen ? { experiment: chosen.sweep.experiment, texts: chosen.sweep.axes.map(shortAxisText) } : before.current;
    if (preset === '') before.current = { experiment, texts };
    if (!next) return;
    edit(next.experiment);
    setTexts(next.texts);
    setPreset(id);
  };
  const free = choices.find(({ path }) => !texts.some((text) => text.startsWith(`${path}:`)));
  const wrong = useMemo(() => texts.map((text) => wrongValue(experiment, text)), [experiment, texts]);
  const problem = 'problem' in made ? made.problem : impossibleWords(made.points, wrong.some(Boolean));
  const startable = ready && !running && 'points' in made && made.points.some((point) => point.problem === '');
  return (
    <section ref={section} className={styles.editor} aria-label="New sweep" tabIndex={-1}>
      <p className={styles.intro}>
        Runs the current experiment with every combination of some values, while your current run is paused. Stages that runs share are
        trained once. Results are saved in this browser; after a reload the sweep continues.
      </p>
      <div className={styles.row}>
        <span aria-hidden="true">Start from</span>
        <Select
          label="Start from"
          options={[{ value: '', label: OF_SCREEN }, ...sweepPresets.map(({ id, label, help }) => ({ value: id, label, help }))]}
          value={preset}
          onChange={choosePreset}
        />
      </div>
      {preset !== '' && before.current ? (
        <p className={styles.beside}>
          Its experiment has replaced the previous one on the screen; “{OF_SCREEN}” restores that with its axes.
        </p>
      ) : null}
      <ul className={styles.axes} aria-label="Axes">
        {texts.map((text, i) => (
          <AxisRow
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
            key={i}
            number={i + 1}
            text={text}
            choices={choices}
            wrong={wrong[i] ?? ''}
            onChange={(next) => change(texts.with(i, next))}
            onRemove={() => change(texts.toSpliced(i, 1))}
          />
        ))}
      </ul>
      {texts.length < AXIS_LIMIT && free ? (
        <div>
          <Button small onPress={() => change([...texts, `${free.path}:${free.values}`])}>
            <Plus size={13} aria-hidden />
            Add an axis
          </Button>
        </div>
      ) : null}
      {'points' in made ? <Cost experiment={experiment} points={made.points} /> : null}
      {problem === '' ? null : <p className={styles.problem}>{problem}</p>}
      <div className="button-row">
        <Button
          variant="primary"
          inactive={!startable}
          onPress={() => 'points' in made && void sweepKeeper.start(made.sweep).then(onStarted)}
        >
          Start the sweep
        </Button>
        {onFold ? <Button onPress={onFold}>Hide the form</Button> : null}
        {running ? <span className={styles.beside}>Another sweep is running.</span> : null}
      </div>
    </section>
  );
}

function Cost({ experiment, points }: { readonly experiment: Experiment; readonly points: readonly SweepPoint[] }) {
  const { pace, where } = usePace(experiment);
  const words = useMemo(() => sweepCostWords(sweepCost(points, pace), where), [points, pace, where]);
  return <p className={styles.cost}>{words}</p>;
}

/** Why the first of these values that cannot be, cannot; '' if all can, or if the text cannot be read. */
function wrongValue(experiment: Experiment, text: string): string {
  const made = sweepOf(experiment, [text], '');
  if (!('points' in made)) return '';
  const axis = made.sweep.axes[0];
  const point = made.points.find(({ problem }) => problem !== '');
  return axis && point ? `${tickLabel(axis, point.ticks[0] ?? 0)}: ${point.problem}` : '';
}

type Made = { readonly sweep: Sweep; readonly points: readonly SweepPoint[] } | { readonly problem: string };

function sweepOf(experiment: Experiment, texts: readonly string[], name: string): Made {
  try {
    const sweep = { name, experiment, axes: parseAxes(texts) };
    return { sweep, points: pointsOf(sweep) };
  } catch (error) {
    if (!(error instanceof SweepError)) throw error;
    // What is wrong with one axis is shown beside it.
    return { problem: /^A sweep/.test(error.message) ? error.message : '' };
  }
}

/** The id of the ready-made sweep that this is; '' if it is none. */
function presetOf(experiment: Experiment, texts: readonly string[]): string {
  const [own, axes] = [toFragment(experiment), axesLink(texts)];
  const found = sweepPresets.find(({ sweep }) => toFragment(sweep.experiment) === own && axesLink(sweep.axes.map(shortAxisText)) === axes);
  return found?.id ?? '';
}

/** The axes as they were left, half written ones too; not if this experiment has no run on them. */
function remembered(experiment: Experiment): readonly string[] | undefined {
  const { axes } = useSweeps.getState();
  if (!axes || axes.length === 0) return undefined;
  const made = sweepOf(experiment, axes, '');
  return 'problem' in made || made.points.some(({ problem }) => problem === '') ? axes : undefined;
}

/** What one would most likely vary: bits, else the seed. */
function firstAxes(choices: readonly AxisChoice[]): readonly string[] {
  const first = choices.find(({ setting }) => setting.key === 'bits') ?? choices[0];
  return first ? [`${first.path}:${first.values}`] : [];
}
