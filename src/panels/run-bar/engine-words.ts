import { isSoftwareAdapter } from '../../experiment/types/backend-names';
import type { BackendInfo, BackendOffer } from '../../experiment/types/events';

/** The graphics card by name; where there is none, or it is a program, that it runs on the CPU. */
export function adapterWords({ name, adapter }: Pick<BackendInfo, 'name' | 'adapter'>): string {
  if (name === 'wasm' || name === 'cpu' || isSoftwareAdapter(adapter)) return 'Runs on the CPU';
  return adapter === '' || adapter === 'unnamed adapter' ? 'Runs on the graphics card' : `Runs on the graphics card: ${adapter}`;
}

/** What distinguishes a choice from the others. */
export function offerWords({ name, adapter }: BackendOffer): string {
  if (name === 'wasm') return 'CPU';
  if (name === 'cpu') return 'CPU, slowest';
  return isSoftwareAdapter(adapter) ? 'CPU, no graphics card' : 'graphics card';
}
