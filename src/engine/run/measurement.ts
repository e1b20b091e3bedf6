import type { Dataset } from '../../datasets/types';
import type { Evaluation, RunEvent, TestReport } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import { sha256Hex } from '../../numerics/coding/checksums';
import { evaluate, test } from '../evaluation/evaluate';
import type { Evaluator } from '../evaluation/evaluator';
import type { Feeder } from '../images/feeder';
import { identity, type StoredModel } from '../state/store-model';

/** A model file, measured. */
export interface Measured {
  readonly validation: Evaluation;
  readonly report: TestReport;
  readonly totalBits: number;
  /** Milliseconds per test image. */
  readonly ms: number;
  /** SHA-256 hex of the tensors in the file and of the test predictions. */
  readonly digest: string;
}

/**
 * Measures the accuracy of a model file: the validation images through the network as it is, the whole test set through the values
 * that were read back from the file.
 * @param at the step of the run, and the training steps done
 */
export async function* measureModel(
  {
    experiment,
    dataset,
    feeder,
    evaluator,
  }: { readonly experiment: Experiment; readonly dataset: Dataset; readonly feeder: Feeder; readonly evaluator: Evaluator },
  stored: StoredModel,
  at: { readonly stage: number; readonly globalStep: number },
): AsyncGenerator<RunEvent, Measured> {
  await dataset.ready(dataset.train.count);
  const validation = await evaluate(evaluator, dataset.train, feeder.validation);
  yield { type: 'evaluation', ...at, evaluation: validation };
  await dataset.testReady();
  const { report, predicted, ms } = await test(evaluator, dataset.test, dataset.classes.length, stored.decoded);
  const digest = sha256Hex(identity(experiment, stored), new Uint8Array(predicted.buffer));
  yield { type: 'test', ...at, report };
  return { validation, report, totalBits: stored.ledger.totalBits, ms, digest };
}
