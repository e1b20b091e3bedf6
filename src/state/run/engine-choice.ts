/** Which engine computes: what can be chosen here, and the choice, which stands in the address. */
import { create } from 'zustand';
import { backendNames } from '../../experiment/types/backend-names';
import type { BackendInfo, BackendName, BackendOffer } from '../../experiment/types/events';
import type { Message } from '../../worker/protocol';
import { notify, useRun } from './run-store';

/** What can be chosen here; null until the worker has looked. */
export const useOffers = create<{ readonly offers: readonly BackendOffer[] | null }>()(() => ({ offers: null }));

/** The backend that a link names. */
export function backendNamed(name: string | undefined): BackendName | undefined {
  return name !== undefined && Object.hasOwn(backendNames, name) ? (name as BackendName) : undefined;
}

/** Call before the store takes the message. */
export function hearEngine(message: Message): void {
  if (message.type === 'backendOffers') useOffers.setState({ offers: message.offers });
  if (message.type !== 'backend') return;
  const { backend, current, summaries } = useRun.getState();
  if (backend && backend.name !== message.backend.name && isChoice(message.backend) && (current || Object.keys(summaries).length > 0))
    notify(
      'info',
      `${backendNames[message.backend.name]} computes from here on, from the last checkpoint.`,
      `Its numbers may differ from those of ${backendNames[backend.name]} by rounding.`,
    );
}

/** A backend that takes the place of a broken one says so by itself. */
function isChoice(backend: BackendInfo): boolean {
  return backend.reasons.length === 0;
}
