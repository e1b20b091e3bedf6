import { toFragment } from '../link/url';
import { defaultExperiment } from '../program/defaults';
import { parseAxis } from '../sweep/axis';
import { pointsOf, type Sweep } from '../sweep/sweep';
import type { SweepFile } from '../sweep/sweep-file';
import { keptRunOf } from './kept-run';

/** For tests: a sweep of the default experiment with a result for every point that can be. */
export function sweepFileOf(axes: readonly string[], change: Partial<SweepFile> = {}): SweepFile {
  const { id = 's' } = change;
  const sweep: Sweep = { name: 'Mine', experiment: defaultExperiment(), axes: axes.map(parseAxis) };
  const points = pointsOf(sweep);
  const runs = points.flatMap(({ index, experiment, problem }) =>
    problem === ''
      ? [
          keptRunOf(
            { id: `${id}-${index}`, sweep: { id, index } },
            { experiment, url: `#${toFragment(experiment)}`, seed: experiment.seed, digest: index.toString(16).padStart(64, '0') },
          ),
        ]
      : [],
  );
  const failed = points.flatMap(({ index, problem }) => (problem === '' ? [] : [[index, problem] as const]));
  return { id, createdAt: '2026-11-21T04:00:00.000Z', sweep, note: 'first', failed: Object.fromEntries(failed), runs, ...change };
}
