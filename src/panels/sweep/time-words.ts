import type { HeldSweep } from '../../state/sweep/sweep-store';
import { backendLabel } from '../labels';

/** Where the inference times of these sweeps were measured: those of two machines do not compare. '' if there are none. */
export function timeWords(sweeps: readonly { readonly name: string; readonly held: HeldSweep | undefined }[]): string {
  const parts = sweeps.flatMap(({ name, held }) => {
    const timed = Object.values(held?.runs ?? {}).filter(({ record }) => record.inferenceMs !== undefined);
    if (timed.length === 0) return [];
    const backends = [...new Set(timed.map(({ record }) => backendLabel(record.backend.name)))].join(' and ');
    const here = timed.every(({ origin }) => origin === 'live');
    return `${name} (${backends}, ${here ? 'in this browser' : 'perhaps another machine'})`;
  });
  return parts.length === 0 ? '' : `Times were measured on the machine of each run: ${parts.join('; ')}.`;
}
