import { bitsPerWeight, compressionRate } from '../../numerics/measures/ledger';
import { bytesShort, count, fixed, percent, times } from '../../numerics/measures/number-words';
import { useModelFile } from '../../state/model-file/model-file-store';
import type { FileReport, FileTest } from '../../worker/protocol-file';
import styles from './model-file.module.css';

/** The figures of a model file, and its accuracy where it was measured. */
export function FileFacts({ report }: { readonly report: FileReport }) {
  const test = useModelFile((s) => s.test);
  const { ledger, input, classes } = report;
  const rows: readonly (readonly [string, string])[] = [
    ...(test === null ? [] : [['test accuracy', accuracyText(test)] as const]),
    ['size', `${count(ledger.totalBits / 8)} bytes, ${bytesShort(ledger.totalBits / 8)}`],
    ['bits per weight', `${fixed(bitsPerWeight(ledger), 3)} bits`],
    ['smaller than float32', times(compressionRate(ledger))],
    ['weights', `${count(ledger.weights)}, ${percent(report.nonZero / ledger.weights)} not 0`],
    ['model', report.model],
    ['images', `${input.height} × ${input.width} pixels, ${input.channels === 1 ? 'grey' : `${input.channels} channels`}`],
    ['classes', count(classes)],
  ];
  return (
    <>
      <dl className={styles.list}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {test !== null && test !== 'measuring' ? <p className={styles.note}>{measuredHow(test)}</p> : null}
    </>
  );
}

function accuracyText(test: FileTest | 'measuring'): string {
  return test === 'measuring' ? 'measuring…' : percent(test.right / test.count, 2);
}

const PIXELS = { standard: 'standardized', unit: 'scaled to 0 … 1', raw: 'as bytes' } as const;

/** What the number means: on which images, with which pixels. */
function measuredHow({ dataset, count: images, right, normalize, inputsRounded }: FileTest): string {
  const base = `${count(right)} of ${count(images)} test images of ${dataset} are classified correctly, with pixels ${PIXELS[normalize]} as in the current experiment: the file does not say how pixels were scaled.`;
  return inputsRounded
    ? `${base} The run also rounded the inputs of the layers. The file does not say how, so they are not rounded here.`
    : base;
}
