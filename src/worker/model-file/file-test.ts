import { affine } from '../../datasets/normalize';
import type { Dataset } from '../../datasets/types';
import { EagerEvaluator } from '../../engine/evaluation/create-evaluator';
import { test } from '../../engine/evaluation/evaluate';
import { Network } from '../../engine/network/network';
import { datasetShape } from '../../experiment/methods/data';
import { type Architecture, architectureOf } from '../../experiment/methods/models/architecture';
import type { Normalization } from '../../experiment/types/experiment';
import { decodeTensor, readModelFile } from '../../numerics/container/model-file';
import type { FileTest } from '../protocol-file';
import { checkTensors } from './check-tensors';

/** Built-in datasets whose test images a file can be measured on. */
export type BuiltIn = 'mnist' | 'cifar10';

/**
 * Runs the network of a model file on all test images of the dataset whose images it takes. Inputs of layers are not rounded.
 * @param normalize how the pixels were scaled in training: the file does not say
 * @throws ModelFileError, RangeError or DatasetError, with a sentence, if that is not possible
 */
export async function testFile(bytes: Uint8Array, load: (id: BuiltIn) => Promise<Dataset>, normalize: Normalization): Promise<FileTest> {
  const { meta, tensors } = readModelFile(bytes);
  const architecture = architectureOf(meta);
  checkTensors(architecture, tensors);
  const dataset = await load(fittingDataset(architecture));
  await dataset.testReady();
  const network = new Network(architecture.layers, architecture.input, 0);
  const evaluator = new EagerEvaluator(network, affine(dataset, normalize));
  try {
    const values = Object.fromEntries(tensors.map((tensor) => [tensor.name, decodeTensor(tensor)]));
    const { report } = await test(evaluator, dataset.test, dataset.classes.length, values);
    return {
      ...{ dataset: dataset.name, normalize, count: report.count },
      right: Math.round(report.accuracy * report.count),
      inputsRounded: tensors.some(({ role }) => role === 'range'),
    };
  } finally {
    evaluator.dispose();
    network.dispose();
  }
}

/** @throws RangeError if no built-in dataset has such images and classes */
export function fittingDataset({ input, classes }: Architecture): BuiltIn {
  const fits = (id: BuiltIn) => {
    const shape = datasetShape(id);
    return (
      shape?.classes === classes &&
      shape.input.height === input.height &&
      shape.input.width === input.width &&
      shape.input.channels === input.channels
    );
  };
  const found = (['mnist', 'cifar10'] as const).find(fits);
  if (found) return found;
  throw new RangeError(
    `The model takes images of ${input.height} × ${input.width} pixels with ${input.channels} ${input.channels === 1 ? 'channel' : 'channels'} and knows ${classes} classes. It fits neither MNIST (28 × 28, 1 channel, 10 classes) nor CIFAR-10 (32 × 32, 3 channels, 10 classes).`,
  );
}
