import { isSameRun } from '../program/prefix';
import { sameBlock } from '../settings/block';
import type { Experiment } from '../types/experiment';
import { differingNames } from './differing-names';
import type { KeptRun } from './kept-run';

/** Most saved runs that are shown beside one on the screen: the newest. */
const MOST = 40;

/**
 * Saved runs that compare with an experiment: the same data, model and seed, other stages. Each with a short name, made of what differs
 * among them and the experiment. Of several runs of one experiment the newest stands for all.
 * @param runs the newest first
 */
export function attemptsOf(experiment: Experiment, runs: readonly KeptRun[]): readonly { readonly run: KeptRun; readonly name: string }[] {
  const found: KeptRun[] = [];
  for (const run of runs) {
    const other = run.record.experiment;
    if (found.length === MOST) break;
    if (other.seed !== experiment.seed || !sameBlock(other.data, experiment.data) || !sameBlock(other.model, experiment.model)) continue;
    if (isSameRun(other, experiment) || found.some(({ record }) => isSameRun(record.experiment, other))) continue;
    found.push(run);
  }
  const names = differingNames([
    { name: '', record: { experiment } },
    ...found.map(({ name, record }) => ({ name, record: { experiment: record.experiment } })),
  ]);
  return found.map((run, i) => ({ run, name: names[i + 1] || 'the same settings' }));
}
