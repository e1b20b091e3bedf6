import { modelDefinition } from '../../experiment/methods/models/registry';
import { isSameRun } from '../../experiment/program/prefix';
import { plannedTraining } from '../../experiment/program/unroll';
import { count } from '../../numerics/measures/number-words';
import { continueInterrupted, discardInterrupted } from '../../state/engine-life';
import { useExperiment } from '../../state/experiment/experiment-store';
import { type Offer, useInterrupted } from '../../state/run/interrupted';
import { useRun } from '../../state/run/run-store';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { backendLabel, datasetLabel } from '../labels';

/** Offers a run that an earlier page left in its middle. */
export function InterruptedNotice() {
  const offer = useInterrupted((s) => s.offer);
  const backend = useRun((s) => s.backend);
  const same = useExperiment((s) => offer !== null && isSameRun(s.experiment, offer.experiment));
  if (!offer) return null;
  const other = backend !== null && backend.name !== offer.run.backend;
  return (
    <Notice
      tone="info"
      actions={
        <>
          <Button small onPress={continueInterrupted}>
            Continue
          </Button>
          <Button small variant="quiet" onPress={discardInterrupted}>
            Discard
          </Button>
        </>
      }
    >
      <p>{offerSentence(offer, same)}</p>
      {other ? (
        <p>
          It ran on {backendLabel(offer.run.backend)}. Here it continues on {backendLabel(backend.name)}; the numbers may differ by
          rounding.
        </p>
      ) : null}
    </Notice>
  );
}

/** @param same whether it is the experiment on the screen */
export function offerSentence({ run, experiment }: Offer, same: boolean): string {
  const { data, model } = experiment;
  const which = same ? 'Your run' : `Your run of ${modelDefinition(model.id).label} on ${datasetLabel(data.dataset)}`;
  return `${which} was interrupted at step ${count(run.steps)} of ${count(plannedTraining(experiment))}.`;
}
