/** A run that an earlier page of this browser left in its middle, to be offered. */
import { create } from 'zustand';
import { fromFragment } from '../../experiment/link/url';
import type { Experiment } from '../../experiment/types/experiment';
import type { InterruptedRun, Message } from '../../worker/protocol';

export interface Offer {
  readonly run: InterruptedRun;
  readonly experiment: Experiment;
}

export const useInterrupted = create<{ readonly offer: Offer | null }>()(() => ({ offer: null }));

export function hearInterrupted(message: Message): void {
  if (message.type !== 'interrupted') return;
  const { run } = message;
  useInterrupted.setState({ offer: run && { run, experiment: fromFragment(run.fragment).experiment } });
}
