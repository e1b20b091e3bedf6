import { stepTitle } from '../../experiment/program/unroll';
import type { Recording } from '../../experiment/recorded/recording';
import type { Moment } from '../../experiment/recorded/timeline';
import { stageDefinition } from '../../experiment/stages/registry';
import type { Stage } from '../../experiment/types';
import { count, plural } from '../../numerics/format';
import { backendLabel } from '../backend-label';

/** The moment that is shown: "① Train · step 1,240 of 2,000", "① Train · 2,000 steps, measured". */
export function momentWords({ stage, kind, step, steps, ended }: Moment, program: readonly Stage[] = []): string {
  const title = stepTitle(program, stage, stageDefinition(kind).label);
  if (ended) return `${title} · ${steps > 0 ? `${plural(step, 'step')}, ` : ''}measured`;
  return steps > 0 ? `${title} · step ${count(step)} of ${count(steps)}` : title;
}

/** When, on what and from which sources: "27 November 2026 · WebAssembly · commit 1a2b3c4". */
export function originWords({ recordedAt, backend, commit }: Pick<Recording, 'recordedAt' | 'backend' | 'commit'>): string {
  const date = new Date(recordedAt).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return [date, backendLabel(backend.name), backend.adapter, commit === '' ? '' : `commit ${commit}`]
    .filter((words) => words !== '')
    .join(' · ');
}
