import { Scissors } from 'lucide-react';
import { useState } from 'react';
import { ThresholdHistogram } from '../../charts/sparsity/threshold-histogram';
import { addStage } from '../../experiment/program/edit';
import { stageOfStep, stepName } from '../../experiment/program/unroll';
import { edit, useExperiment } from '../../state/experiment/experiment-store';
import { useStandingRun } from '../../state/recorded/recorded-run';
import type { Inspection } from '../../state/run/run-state';
import { useRun } from '../../state/run/run-store';
import { Button } from '../../ui/button';
import { Select } from '../../ui/select';
import { amountOf, inspectionFor, nextTarget, positionOf, pruneTargets, seenLayers, withAmount } from './prune-target';
import styles from './sparsity-panel.module.css';

/** Where the threshold lies before anybody has moved it, without a prune stage: half of the weights. */
const HALF = 500;

interface Props {
  readonly current: Inspection;
  /** Name of the layer that is shown. */
  readonly layer: string;
}

/** The threshold of the prune stage that is next, or was chosen, on the weights that it prunes. Letting it go changes the stage. */
export function PruneThreshold({ current, layer }: Props) {
  const experiment = useExperiment((s) => s.experiment);
  const inspections = useStandingRun((s) => s.inspections);
  const summaries = useRun((s) => s.summaries);
  const [chosen, setChosen] = useState<number | null>(null);
  const [wished, setWished] = useState(HALF);
  const { stages } = experiment;
  const targets = pruneTargets(stages);
  const target = targets.find(({ index }) => index === chosen) ?? nextTarget(targets, (step) => summaries[step] !== undefined);
  const layers = seenLayers(inspectionFor(target, inspections, current)?.layers ?? []);
  const at = layers.findIndex((one) => one.layer === layer);
  const seen = layers[at];
  const which = target && targets.length > 1 && (
    <span className={styles.which}>
      <Select
        label="Prune stage"
        value={String(target.index)}
        options={targets.map((one) => ({ value: String(one.index), label: stepName(stages, one.step) }))}
        onChange={(value) => setChosen(Number(value))}
      />
    </span>
  );
  if (!seen) {
    // A recorded start has no weights to choose from, nor has a program that begins with pruning; of a factorized network the layer may be a new one.
    return (
      target && (
        <p className={styles.none}>
          {which}
          The weights of {layer} before {stepName(stages, target.step)} are not known here, so no threshold is shown.
        </p>
      )
    );
  }
  const shown = { layer, ...seen.sparsity };
  if (!target) {
    const after = stageOfStep(stages, current.stage) + 1;
    const add = () => {
      const added = addStage(experiment, 'prune', after);
      edit(withAmount(added, after, wished / 10));
    };
    const note = (
      <Button small onPress={add}>
        <Scissors size={13} aria-hidden /> Add a prune stage of {wished / 10} %
      </Button>
    );
    return <ThresholdHistogram layer={shown} position={wished} onChange={setWished} note={note} />;
  }
  const { stage, index } = target;
  const set = (position: number) => edit(withAmount(experiment, index, amountOf(stage, layers, at, position)), `${index}.amount`);
  const ranked =
    stage.criterion === 'magnitude' ? '' : ' Its criterion is not magnitude, so it does not prune exactly the weights below the threshold.';
  const together = stage.scope === 'global' ? ' of all layers together' : '';
  const note = (
    <>
      {which}
      Drag the threshold, or use the arrow keys, to set the amount of {stepName(stages, target.step)}: now{' '}
      {Number(Number(stage.amount).toFixed(1))} %{together}.{ranked}
    </>
  );
  return <ThresholdHistogram layer={shown} position={positionOf(stage, layers, at)} onChange={set} note={note} />;
}
