import { toFragment } from '../link/url';
import { bundledSweep } from '../recorded/bundle';
import type { RecordedSweep } from '../recorded/types';
import type { KeptRun } from '../results/kept-run';
import { sweepPresetById } from '../sweep/presets';
import { pointsOf, type SweepPoint } from '../sweep/sweep';
import { keptRunOf } from './kept-run';

/** For tests: a result for every point of a ready-made sweep, as `lab sweep` writes them. */
export function runsOfPreset(id: string): ReadonlyMap<number, KeptRun> {
  const preset = sweepPresetById(id);
  if (!preset) throw new RangeError(`There is no sweep "${id}".`);
  return new Map(pointsOf(preset.sweep).map((point) => [point.index, runOf(point)]));
}

/** For tests: a recorded sweep of a preset. */
export function recordedSweepOf(id: string): RecordedSweep {
  return bundledSweep(id, runsOfPreset(id), `npm run record -- ${id}`, '1a2b3c4');
}

function runOf({ index, experiment }: SweepPoint): KeptRun {
  const digest = index.toString(16).padStart(64, '0');
  const totalBits = 100 + index;
  const about = {
    id: `run-${index}`,
    createdAt: `2026-11-21T04:00:${String(index % 60).padStart(2, '0')}.000Z`,
    origin: 'recorded' as const,
  };
  const ledger = { weights: 20, denseBits: 800, totalBits, parts: [{ name: 'w', kind: 'codes' as const, tensor: 'w', bits: totalBits }] };
  const { seed } = experiment;
  return keptRunOf(about, { experiment, url: `#${toFragment(experiment)}`, seed, digest, ledger, testAccuracy: 0.9 + index / 10_000 });
}
