import { GitBranch } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { PipelineChart } from '../../charts/ledger/pipeline-chart';
import { ClusterLine } from '../../charts/quantizer/cluster-line';
import { RecordedPictures } from '../../charts/shared/chart-frame';
import { cutBehind } from '../../experiment/program/edit';
import { presetById } from '../../experiment/program/presets';
import { stageOfStep } from '../../experiment/program/unroll';
import { edit, useExperiment } from '../../state/experiment/experiment-store';
import { fetchRecorded, RecordedFiles } from '../../state/recorded/recorded-files';
import { openRecorded } from '../../state/recorded/recorded-player';
import { useShownKind, useShownRun, useShownStages } from '../../state/recorded/recorded-run';
import { Button } from '../../ui/button';
import { Place } from '../../ui/place';
import { LayerChooser } from '../layer-chooser';
import { LayerCosts } from './layer-costs';
import styles from './pipeline.module.css';
import { pipelineSteps, sharedBefore } from './pipeline-steps';

/** Experiments that this view shows best. */
const EXAMPLES = ['deep-compression-lenet300', 'deep-compression-lenet5'] as const;

const files = new RecordedFiles(fetchRecorded);

/** The program on the screen from left to right, with the file after each stage, and its layers. */
export function PipelinePlace({ onClose }: { readonly onClose: () => void }) {
  // The lab, which plays recordings, is hidden meanwhile. Here the end of a recording is what counts.
  useEffect(() => openRecorded(files, true), []);
  const stages = useShownStages();
  const summaries = useShownRun((s) => s.summaries);
  const inspections = useShownRun((s) => s.inspections);
  const recorded = useShownKind() === 'recorded';
  const experiment = useExperiment((s) => s.experiment);
  const run = useMemo(() => ({ summaries, inspections }), [summaries, inspections]);
  const steps = useMemo(() => pipelineSteps(stages, run), [stages, run]);
  const [chosen, setChosen] = useState<number | null>(null);
  const [layer, setLayer] = useState('');
  const done = steps.filter((step) => step.ledger);
  const shown = done.find((step) => step.step === chosen) ?? done.at(-1);
  const seen = shown && inspections[shown.step];
  const one = seen?.layers.find((each) => each.layer === layer) ?? seen?.layers[0];
  const shared = one?.stored && one.stored.scale === null ? one.stored : null;

  const branch = (step: number) => {
    edit(cutBehind(experiment, stageOfStep(stages, step)));
    onClose();
  };
  return (
    <Place id="pipeline" title="Compression, step by step" onClose={onClose} tools={<Examples />}>
      <RecordedPictures value={recorded}>
        <div className={styles.content}>
          <p className={styles.lead}>
            {done.length > 0
              ? `${recorded ? 'A recorded example. ' : ''}Each bar is the model file after a stage, every bit of it. Press a stage to see its layers; branch after it to try something else.`
              : 'Nothing has been run yet. Run the program in the lab, or open an example: its recording is shown at once.'}
          </p>
          <PipelineChart
            steps={steps}
            selected={shown?.step ?? -1}
            onSelect={setChosen}
            tools={(step) =>
              step.ledger && step !== steps.at(-1) ? (
                <Button
                  small
                  variant="quiet"
                  label={`Branch after ${step.mark} ${step.name}`}
                  tip="Removes the stages after this one and returns to the lab. Undo with Back."
                  onPress={() => branch(step.step)}
                >
                  <GitBranch size={13} aria-hidden />
                  Branch here
                </Button>
              ) : null
            }
          />
          {seen && shown ? (
            <>
              <LayerCosts title={`Layers after ${shown.mark} ${shown.name}`} ledger={seen.ledger} layers={seen.layers} />
              {one && shared ? (
                <section className={styles.clusters}>
                  <LayerChooser layers={seen.layers.map((each) => each.layer)} selected={one.layer} onSelect={setLayer} />
                  <ClusterLine layer={one.layer} weights={one.latent} shared={shared} before={sharedBefore(run, shown.step, one.layer)} />
                </section>
              ) : null}
            </>
          ) : null}
        </div>
      </RecordedPictures>
    </Place>
  );
}

function Examples() {
  return EXAMPLES.map((id) => {
    const preset = presetById(id);
    return preset ? (
      <Button key={id} small onPress={() => edit(preset.experiment)}>
        {preset.label}
      </Button>
    ) : null;
  });
}
