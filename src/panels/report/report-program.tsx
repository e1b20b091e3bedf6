import { dataSettings } from '../../experiment/methods/data';
import { modelSettings } from '../../experiment/methods/models/registry';
import { describeStage } from '../../experiment/program/describe';
import { stageOfStep } from '../../experiment/program/unroll';
import type { KeptRun } from '../../experiment/results/kept-run';
import { type ChosenValue, chosenValues } from '../../experiment/settings/chosen-values';
import { stageDefinition } from '../../experiment/stages/registry';
import { circled } from '../../numerics/measures/number-words';
import { dataSentence, modelSentence, unchangedSentence } from './report-facts';
import { ReportTable } from './report-table';

/** What was run: data, model and stages, each as a sentence with the values that somebody chose. */
export function ReportProgram({ run }: { readonly run: KeptRun }) {
  const { data, model, stages } = run.record.experiment;
  return (
    <section className="report-section">
      <h3>Configuration</h3>
      <Block
        title="Data"
        sentence={dataSentence(data, run.predicted)}
        chosen={chosenValues(dataSettings, data, ['dataset', 'normalize'])}
      />
      <Block title="Model" sentence={modelSentence(run)} chosen={chosenValues(modelSettings, model, ['id'])} />
      {stages.map((stage, i) => {
        const { label, settings } = stageDefinition(stage.kind);
        const summary = run.record.stages.findLast((one) => stageOfStep(stages, one.stage) === i);
        const sentence = describeStage(stage);
        return (
          <Block
            // biome-ignore lint/suspicious/noArrayIndexKey: a stage is its place in the program
            key={i}
            title={`${circled(i + 1)} ${label}`}
            sentence={`${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.${stage.on ? '' : ' Switched off: it did not run.'}`}
            chosen={stage.on ? chosenValues(settings, stage) : []}
            more={summary ? unchangedSentence(summary) : ''}
          />
        );
      })}
      <p className="report-small">Settings not listed have their default.</p>
    </section>
  );
}

interface BlockProps {
  readonly title: string;
  readonly sentence: string;
  readonly chosen: readonly ChosenValue[];
  readonly more?: string;
}

function Block({ title, sentence, chosen, more = '' }: BlockProps) {
  return (
    <section className="report-block">
      <h4>{title}</h4>
      <div>
        <p>{sentence}</p>
        {more ? <p>{more}</p> : null}
        {chosen.length > 0 ? (
          <ReportTable
            label={`${title}: settings that differ from the default`}
            words
            head={['setting', 'value', 'default']}
            rows={chosen.map(({ label, value, normal }) => [label, value, normal])}
          />
        ) : null}
      </div>
    </section>
  );
}
