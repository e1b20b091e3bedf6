import { stepTitle, unroll } from '../../experiment/program/unroll';
import { stageDefinition } from '../../experiment/stages/registry';
import { useExperiment } from '../../state/experiment-store';
import { useRun } from '../../state/run-store';
import { InspectView } from './inspect-view';

const noImage = { width: 1, height: 1, channels: 1 };

/** The right column for the run on the screen. */
export function InspectPanel() {
  const stages = useExperiment((s) => s.experiment.stages);
  const { summaries, test, inspection, ledger, record, backend, dataset } = useRun();
  return (
    <InspectView
      test={dataset ? test : null}
      tiles={inspection?.tiles ?? null}
      image={dataset ? { width: dataset.width, height: dataset.height, channels: dataset.channels } : noImage}
      classes={dataset?.classes ?? []}
      summaries={Object.values(summaries)}
      stages={unroll(stages).map(({ stage }, number) => stepTitle(stages, number, stageDefinition(stage.kind).sentence(stage)))}
      weights={ledger?.weights ?? 0}
      digest={record?.digest ?? null}
      backend={backend}
    />
  );
}
