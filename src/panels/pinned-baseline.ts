import type { KeptRun } from '../experiment/results/kept-run';
import type { RunRecord } from '../experiment/types/events';
import { useExperiment } from '../state/experiment/experiment-store';
import { useBaseline } from '../state/kept/baseline-store';
import { useRun } from '../state/run/run-store';

export interface PinnedBaseline {
  readonly run: KeptRun;
  /** It was trained and tested on the images of the current experiment: losses and accuracies compare. */
  readonly sameData: boolean;
}

/** The pinned run, for what is on the screen; null if none is pinned, or if it is the one on the screen. */
export function usePinnedBaseline(): PinnedBaseline | null {
  const run = useBaseline((s) => s.run);
  const record = useRun((s) => s.record);
  const dataset = useExperiment((s) => s.experiment.data.dataset);
  const checksum = useExperiment((s) => s.experiment.data.checksum);
  if (!run || isThis(run.record, record)) return null;
  const { data } = run.record.experiment;
  return { run, sameData: data.dataset === dataset && data.checksum === checksum };
}

function isThis({ digest, url }: RunRecord, other: RunRecord | null): boolean {
  return other !== null && digest === other.digest && url === other.url;
}
