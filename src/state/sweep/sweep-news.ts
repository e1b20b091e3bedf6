import type { SweepSign } from '../ui/sweep-sign';
import { type HeldSweep, runningSweep } from './sweep-store';

/** The sign after a change of the sweeps; the same object where it says the same. */
export function sweepSign(sign: SweepSign, now: readonly HeldSweep[], before: readonly HeldSweep[]): SweepSign {
  const running = runningSweep(now);
  const progress = running ? `${tried(running)}/${running.points.length}` : '';
  const ran = runningSweep(before);
  const ended = ran && now.find(({ kept }) => kept.id === ran.kept.id && kept.state === 'done');
  const news = ended ? newsOf(ended) : progress === '' ? sign.news : '';
  return progress === sign.progress && news === sign.news ? sign : { progress, news };
}

function tried({ runs, kept }: HeldSweep): number {
  return Object.keys(runs).length + Object.keys(kept.failed).length;
}

function newsOf({ runs, kept, points }: HeldSweep): string {
  const count = (n: number) => n.toLocaleString('en-US');
  const failed = Object.keys(kept.failed).length;
  const failures = failed > 0 ? `, ${count(failed)} failed` : '';
  return `The sweep is done: ${count(Object.keys(runs).length)} of ${count(points.length)} ${points.length === 1 ? 'run' : 'runs'}${failures}.`;
}
