import { lazy, Suspense } from 'react';
import { datasetShape } from '../../experiment/methods/data';
import { buildModel, modelDefinition, modelProblem, modelSettings, weightCount } from '../../experiment/methods/models/registry';
import { setModelValue } from '../../experiment/program/edit';
import type { Experiment } from '../../experiment/types/experiment';
import { count } from '../../numerics/measures/number-words';
import { edit, useExperiment } from '../../state/experiment/experiment-store';
import type { DatasetSummary } from '../../state/run/run-state';
import { useRun } from '../../state/run/run-store';
import { BlockRow } from '../block-row';
import { SettingForm } from '../settings-form';

const NetworkGraph = lazy(async () => ({ default: (await import('./network-graph')).NetworkGraph }));

/** The network: which one, how many weights, layer by layer. */
export function ModelCard() {
  const experiment = useExperiment((s) => s.experiment);
  const dataset = useRun((s) => s.dataset);
  const { model } = experiment;
  const definition = modelDefinition(model.id);
  const shape = shapeOf(experiment, dataset);
  const problem = shape ? modelProblem(model, shape.input, shape.classes) : null;
  const layers = shape && !problem ? buildModel(model, shape.input, shape.classes) : null;
  return (
    <BlockRow
      label="Model"
      value={
        <>
          {definition.label} {shape && layers ? <small>· {count(weightCount(layers, shape.input))} weights</small> : null}
        </>
      }
    >
      <SettingForm
        table={modelSettings}
        values={model}
        onChange={(key, value, continuous) => edit(setModelValue(experiment, key, value), continuous ? `model.${key}` : '')}
      />
      <p className="block-row-note">{definition.help}</p>
      {problem ? <p className="block-row-problem">{problem}</p> : null}
      {shape && layers ? (
        <Suspense>
          <NetworkGraph layers={layers} input={shape.input} stages={experiment.stages} />
        </Suspense>
      ) : null}
    </BlockRow>
  );
}

/** Images of the experiment's data: known for the built-in ones, read from the file for a person's own. */
function shapeOf({ data }: Experiment, dataset: DatasetSummary | null) {
  const known = datasetShape(data.dataset);
  if (known) return known;
  if (dataset?.id !== data.dataset) return null;
  const { height, width, channels, classes } = dataset;
  return { input: { height, width, channels }, classes: classes.length };
}
