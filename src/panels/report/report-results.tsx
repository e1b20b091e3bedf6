import { useEffect, useState } from 'react';
import { StillCurve } from '../../charts/comparison/still-curve';
import { BarList } from '../../charts/shared/bar-list';
import { stepTitle } from '../../experiment/program/unroll';
import type { KeptRun } from '../../experiment/results/kept-run';
import { count, duration, fixed, percent, significant } from '../../numerics/measures/number-words';
import { testImages } from '../../state/lab';
import { stageStarts } from './report-facts';
import { ReportTable } from './report-table';

/** What came of it: stage by stage, over the steps, and class by class. */
export function ReportResults({ run }: { readonly run: KeptRun }) {
  const { stages, ledger, experiment } = run.record;
  const starts = stageStarts(stages, experiment.stages);
  return (
    <section className="report-section">
      <h3>Results</h3>
      <ReportTable
        label="Results of each stage"
        head={['stage', 'steps', 'validation', 'test', 'test loss', 'bits of the file', 'bits per weight', 'time']}
        rows={stages.map((stage) => [
          stepTitle(experiment.stages, stage.stage, stage.kind),
          count(stage.steps),
          percent(stage.valAccuracy, 2),
          percent(stage.testAccuracy, 2),
          significant(stage.testLoss ?? Number.NaN),
          count(stage.totalBits),
          fixed(stage.totalBits / ledger.weights, 2),
          duration(stage.seconds),
        ])}
      />
      <p className="report-small">Accuracies are shares of all validation and all test images, measured at the end of each stage.</p>
      <div className="report-pictures">
        <StillCurve
          title="Training loss"
          subtitle="mean over equal intervals of steps"
          curve={run.curves.loss}
          stages={starts}
          log
          text={(value) => significant(value)}
          tickText={(value) => String(value)}
        />
        <StillCurve
          title="Validation accuracy"
          subtitle="all validation images"
          curve={run.curves.validation}
          stages={starts}
          text={(value) => percent(value, 2)}
          tickText={(value) => percent(value, Math.abs(value * 100 - Math.round(value * 100)) < 1e-6 ? 0 : 1)}
        />
      </div>
      <Classes run={run} />
    </section>
  );
}

function Classes({ run }: { readonly run: KeptRun }) {
  const names = useClasses(run);
  if (run.perClass.length === 0) return <p>This run was saved without the accuracy of each class.</p>;
  const rows = run.perClass.map((value, i) => ({ label: names[i] ?? String(i), note: '', value, text: percent(value) }));
  const sorted = rows.toSorted((a, b) => a.value - b.value);
  return (
    <div className="report-classes">
      <BarList
        title="Accuracy by class"
        subtitle="test images of each class"
        summary={`Lowest for ${sorted[0]?.label}, ${sorted[0]?.text}; highest for ${sorted.at(-1)?.label}, ${sorted.at(-1)?.text}.`}
        rows={rows}
        head={['class', '', 'accuracy']}
      />
    </div>
  );
}

/** The names of the classes; their numbers have to do until the test set is there, and where it is not. */
function useClasses({ record }: KeptRun): readonly string[] {
  const [names, setNames] = useState<readonly string[]>([]);
  const { data } = record.experiment;
  useEffect(() => {
    let gone = false;
    testImages(data, []).then(
      ({ classes }) => !gone && setNames(classes),
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [data]);
  return names;
}
