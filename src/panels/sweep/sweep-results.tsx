import { useCallback, useMemo, useState } from 'react';
import { pointNames } from '../../experiment/sweep/axis-names';
import { fixed } from '../../numerics/measures/number-words';
import { useExperiment } from '../../state/experiment/experiment-store';
import type { HeldSweep } from '../../state/sweep/sweep-store';
import { BestRow } from './best-row';
import { sameImages, useFront } from './front-notice';
import { Importance } from './importance';
import { openPoint } from './open-point';
import { ParallelPicture } from './parallel-picture';
import { firstPicture, firstX, groupAxes, type PictureChoices, type PictureX, sweptAxis } from './picture';
import { PointDetail } from './point-detail';
import { bestAtMost, limitsOf, type Setting, settingsFront, settingsOf } from './settings';
import { SettingsTable } from './settings-table';
import styles from './sweep.module.css';
import { SweepPicture } from './sweep-picture';

/** The limit of "best at most" at first: 4 bits and what their scales and header take. */
const FIRST_LIMIT = 4.5;

/** What has come of a sweep: the picture, the curves of the point that was last pointed at, the best, what mattered, and the table. */
export function SweepResults({ held }: { readonly held: HeldSweep }) {
  const { kept, points, runs } = held;
  const { axes, experiment: base } = kept.sweep;
  const { front } = useFront();
  const experiment = useExperiment((s) => s.experiment);
  const target = front && sameImages(base, experiment) ? front : null;
  const [chosenX, setChosenX] = useState<PictureX | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: progress changes ten times a second and decides nothing.
  const ownX = useMemo(() => firstX(held), [runs, kept]);
  const x = chosenX ?? target?.x ?? ownX;
  const [chosen, setChosen] = useState<PictureChoices | null>(null);
  const picture = useMemo(() => {
    const on = sweptAxis(x);
    const fits = chosen && (on === undefined || (chosen.color !== on && chosen.shape !== on));
    return fits ? chosen : firstPicture(axes, x);
  }, [axes, x, chosen]);
  /** Ids of the points of the mark that is pointed at, here or there. */
  const [pointed, setPointed] = useState<readonly string[]>([]);
  /** Those of the last one: its curves stay. */
  const [last, setLast] = useState<readonly string[]>([]);
  const [left, setLeft] = useState<readonly string[] | null>(null);
  const point = useCallback((ids: readonly string[] | null) => {
    setPointed(ids ?? []);
    if (ids) setLast(ids);
  }, []);
  const [limit, setLimit] = useState<number | null>(null);
  const settings = useMemo(() => settingsOf({ kept, points, runs }), [kept, points, runs]);
  const limits = useMemo(() => limitsOf(settings), [settings]);
  const most = limit ?? limits.findLast((one) => one <= FIRST_LIMIT) ?? limits[0];
  const best = useMemo(() => (most === undefined ? undefined : bestAtMost(settings, most)), [settings, most]);
  const onFront = useMemo(() => settingsFront(settings), [settings]);
  const mark = useMemo(() => {
    const id = best?.indices.find((index) => runs[index]);
    if (id === undefined || most === undefined || settings.length < 2) return null;
    const text = `best at most ${fixed(most, 2)} bits per weight`;
    return { id: String(id), limit: x === 'bits-per-weight' ? most : Number.POSITIVE_INFINITY, text };
  }, [best, most, runs, settings, x]);
  const open = (index: number) => openPoint(held, index);
  const told = last.map(Number).filter((index) => runs[index] || kept.failed[index] !== undefined);
  const nameOf = ({ ticks }: Setting) => settingName(held, ticks);
  const drawn = Object.keys(runs).length + Object.keys(kept.failed).length > 0;
  return (
    <>
      <div className={styles.results}>
        <SweepPicture
          held={held}
          x={x}
          onX={setChosenX}
          picture={picture}
          onPicture={setChosen}
          target={target}
          best={mark}
          pointed={pointed[0] ?? null}
          onPoint={point}
          onLeave={setLeft}
          onOpen={open}
        />
        {drawn ? <PointDetail held={held} indices={told} onOpen={open} /> : null}
      </div>
      {limits.length > 0 && most !== undefined && settings.length > 1 ? (
        <BestRow limits={limits} limit={most} onLimit={setLimit} best={best} nameOf={nameOf} />
      ) : null}
      <SettingsTable
        held={held}
        settings={settings}
        front={onFront}
        best={settings.length > 1 ? (best?.key ?? '') : ''}
        pointed={pointed}
        left={left}
        onPoint={point}
        onOpen={open}
      />
      <div className={styles.mattered}>
        <Importance held={held} />
        <ParallelPicture held={held} picture={picture} onPoint={point} onOpen={open} />
      </div>
    </>
  );
}

/** A setting by its values, the seed left out: "Bits 4, Weights …". */
function settingName({ kept }: HeldSweep, ticks: readonly number[]): string {
  const groups = groupAxes(kept.sweep.axes);
  const sweep = { ...kept.sweep, axes: groups.flatMap((a) => kept.sweep.axes[a] ?? []) };
  return pointNames(sweep, true)({ ticks: groups.map((a) => ticks[a] ?? 0) }) || 'all seeds';
}
