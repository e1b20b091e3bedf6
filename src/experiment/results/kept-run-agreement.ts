import { datasetShape } from '../methods/data';
import { unroll } from '../program/unroll';
import type { RunRecord } from '../types/events';
import { seedSetting } from '../types/experiment';
import { fromBase64 } from './base64';

/** Of a saved run. */
interface Parts {
  readonly record: Pick<RunRecord, 'experiment' | 'seed' | 'stages'>;
  readonly perClass: readonly number[];
  readonly predicted: string;
}

/** Images in the test set of each built-in dataset. */
const TEST_IMAGES = 10_000;

/**
 * What two parts of a saved run say differently, as a sentence; '' if nothing. Each part by itself is valid.
 * @param link the link in the run's record, as it was given
 */
export function agreementProblem({ record, perClass, predicted }: Parts, link: string): string {
  const { experiment, seed, stages } = record;
  if (seed !== experiment.seed) return `its seed is ${seed}, and that of its experiment is ${experiment.seed}.`;
  const linked = seedOfLink(link);
  if (linked !== null && linked !== seed) return `its seed is ${seed}, and that of its link is ${linked}.`;
  const steps = unroll(experiment.stages).length;
  if (stages.some(({ stage }) => stage >= steps)) return `it has the result of a stage that is not in its experiment.`;
  const classes = datasetShape(experiment.data.dataset)?.classes ?? (perClass.length || 256);
  if (perClass.length > 0 && perClass.length !== classes)
    return `it has an accuracy for ${perClass.length} classes, and its data has ${classes}.`;
  return predicted === '' ? '' : predictionProblem(predicted, classes, datasetShape(experiment.data.dataset) !== undefined);
}

function predictionProblem(predicted: string, classes: number, builtIn: boolean): string {
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(predicted);
  } catch {
    return 'its predictions are not base64.';
  }
  if (builtIn && bytes.length !== TEST_IMAGES) {
    const counts = [bytes.length, TEST_IMAGES].map((n) => n.toLocaleString('en-US'));
    return `it has predictions for ${counts[0]} images, and its test set has ${counts[1]}.`;
  }
  const beyond = bytes.find((label) => label >= classes);
  return beyond === undefined ? '' : `it predicts class ${beyond}, and its data has the classes 0 to ${classes - 1}.`;
}

/** The default where the link has none; null where it is no link of this version. */
function seedOfLink(link: string): number | null {
  if (!/^#v=\d/.test(link)) return null;
  const [, digits] = /&seed=(\d+)(?=&|$)/.exec(link) ?? [];
  return digits === undefined ? seedSetting.default : Number(digits);
}
