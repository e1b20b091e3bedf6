import { useMemo } from 'react';
import { SweepError } from '../../experiment/sweep/axis';
import { type Front, parseFront } from '../../experiment/sweep/front-text';
import type { Experiment } from '../../experiment/types';
import { useExperiment } from '../../state/experiment-store';

/** The front to beat that the address carries, or a sentence that says why it cannot be read; null and '' without one. */
export function useFront(): { readonly front: Front | null; readonly problem: string } {
  const text = useExperiment((s) => s.rest.front);
  return useMemo(() => readFront(text), [text]);
}

function readFront(text: string | undefined): ReturnType<typeof useFront> {
  if (text === undefined) return { front: null, problem: '' };
  try {
    return { front: parseFront(text), problem: '' };
  } catch (error) {
    if (!(error instanceof SweepError)) throw error;
    return { front: null, problem: error.message };
  }
}

/** Accuracies of one are comparable with those of the other. */
export function sameImages(a: Experiment, b: Experiment): boolean {
  return a.data.dataset === b.data.dataset && a.data.checksum === b.data.checksum;
}
