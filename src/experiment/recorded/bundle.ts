import { toFragment } from '../link/url';
import type { KeptRun } from '../results/kept-run';
import { type SweepPreset, sweepPresetById, sweepPresets } from '../sweep/presets';
import { pointCount, pointsOf } from '../sweep/sweep';
import { type RecordedEntry, RecordedError, type RecordedSweep } from './types';

/** How many runs a ready-made sweep has. @throws RecordedError if there is no such sweep */
export function runsToRecord(id: string): number {
  return pointCount(presetToRecord(id).sweep);
}

function presetToRecord(id: string): SweepPreset {
  const preset = sweepPresetById(id);
  if (!preset) throw new RecordedError(`There is no sweep "${id}"; choose one of ${sweepPresets.map((one) => one.id).join(', ')}.`);
  return preset;
}

/**
 * The recorded sweep that runs of `lab sweep` make up.
 * @param runs by index of the point; those that are missing stay missing
 * @param commit where the runs do not say it themselves; '' for none
 * @throws RecordedError if they are not all of this sweep, of one backend and of a known commit
 */
export function bundledSweep(id: string, runs: ReadonlyMap<number, KeptRun>, command: string, commit: string): RecordedSweep {
  const { label, sweep } = presetToRecord(id);
  const own = pointsOf(sweep).flatMap(({ index, experiment }) => {
    const run = runs.get(index);
    if (run && run.record.url !== `#${toFragment(experiment)}`) {
      throw new RecordedError(
        `Run ${index} belongs to another experiment: the sweep ${id} has changed since, or the run comes from another sweep.`,
      );
    }
    return run ? [{ ...run, sweep: { id, index } }] : [];
  });
  const [first] = own;
  if (!first) throw new RecordedError(`There is no run of ${id}.`);
  const { name: backend, adapter } = first.record.backend;
  if (own.some(({ record }) => record.backend.name !== backend || record.backend.adapter !== adapter)) {
    throw new RecordedError(`The runs of ${id} were made on different backends.`);
  }
  const commits = [...new Set(own.map((run) => run.commit || commit))];
  if (commits.includes('')) throw new RecordedError('The runs contain no commit: give it with --commit.');
  const date =
    own
      .map(({ createdAt }) => createdAt)
      .toSorted()
      .at(-1) ?? '';
  return { id, label, sweep: { ...sweep, name: label }, date, backend, adapter, commit: commits.join(', '), command, runs: own };
}

/** The list with this sweep's entry new or renewed, in the order of the presets. */
export function renewedIndex(entries: readonly RecordedEntry[], recorded: RecordedSweep): readonly RecordedEntry[] {
  const place = ({ id }: RecordedEntry) => {
    const at = sweepPresets.findIndex((preset) => preset.id === id);
    return at < 0 ? sweepPresets.length : at;
  };
  const others = entries.filter(({ id }) => id !== recorded.id);
  return [...others, { ...recorded, runs: recorded.runs.length }].sort((a, b) => place(a) - place(b));
}
