import type { ImageSet } from '../../datasets/types';
import type { Evaluation, TestReport, WrongImage } from '../../experiment/types/events';
import type { Evaluator } from './evaluator';

const SHOWN_WRONG = 60;

interface Predictions {
  readonly predicted: Int32Array;
  /** Softmax probability of the predicted class. */
  readonly confidence: Float32Array;
  /** Cross-entropy of each image. */
  readonly loss: Float32Array;
}

/** Accuracy and mean loss of the network as it trains, parametrizations and all, over the chosen images; 0 and 0 if there are none. */
export async function evaluate(evaluator: Evaluator, set: ImageSet, indices: Uint32Array): Promise<Evaluation> {
  if (indices.length === 0) return { count: 0, accuracy: 0, loss: 0 };
  const { predicted, loss } = predictions(await evaluator.logits(set, indices), set, indices);
  return { count: indices.length, accuracy: share(set, indices, predicted), loss: mean(loss) };
}

/**
 * The whole test set through the values that the model file holds.
 * @param replace decoded values by parameter name
 * @returns `ms` is the time of the network itself, from the first batch to the last logits, for one image
 */
export async function test(
  evaluator: Evaluator,
  set: ImageSet,
  classes: number,
  replace: Readonly<Record<string, Float32Array>>,
): Promise<{ report: TestReport; predicted: Int32Array; ms: number }> {
  const indices = Uint32Array.from({ length: set.count }, (_, i) => i);
  const began = performance.now();
  const logits = await evaluator.logits(set, indices, replace);
  const ms = (performance.now() - began) / Math.max(1, set.count);
  const { predicted, confidence, loss } = predictions(logits, set, indices);
  const confusion = new Uint32Array(classes * classes);
  const wrong: WrongImage[] = [];
  const pixels = set.pixels.length / set.count;
  for (let i = 0; i < set.count; i++) {
    const label = set.labels[i] ?? 0;
    const guess = predicted[i] ?? 0;
    const cell = label * classes + guess;
    confusion[cell] = (confusion[cell] ?? 0) + 1;
    if (guess !== label && wrong.length < SHOWN_WRONG) {
      const picture = set.pixels.slice(i * pixels, (i + 1) * pixels);
      wrong.push({ index: i, label, predicted: guess, confidence: confidence[i] ?? 0, pixels: picture });
    }
  }
  const accuracy = share(set, indices, predicted);
  const report = { count: set.count, accuracy, loss: mean(loss), confusion, predicted: Uint8Array.from(predicted), wrong };
  return { report, predicted, ms };
}

function predictions(logits: Float32Array, set: ImageSet, indices: Uint32Array): Predictions {
  const count = indices.length;
  const classes = logits.length / count;
  const predicted = new Int32Array(count);
  const confidence = new Float32Array(count);
  const loss = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const row = logits.subarray(i * classes, (i + 1) * classes);
    const result = softmaxRow(row, set.labels[indices[i] ?? 0] ?? 0);
    predicted[i] = result.predicted;
    confidence[i] = result.confidence;
    loss[i] = result.loss;
  }
  return { predicted, confidence, loss };
}

function softmaxRow(logits: Float32Array, label: number): { predicted: number; confidence: number; loss: number } {
  let predicted = 0;
  for (let c = 1; c < logits.length; c++) if ((logits[c] ?? 0) > (logits[predicted] ?? 0)) predicted = c;
  const top = logits[predicted] ?? 0;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - top);
  return { predicted, confidence: 1 / sum, loss: Math.log(sum) + top - (logits[label] ?? 0) };
}

function share(set: ImageSet, indices: Uint32Array, predicted: Int32Array): number {
  let right = 0;
  for (let i = 0; i < indices.length; i++) if (set.labels[indices[i] ?? 0] === predicted[i]) right++;
  return right / indices.length;
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
