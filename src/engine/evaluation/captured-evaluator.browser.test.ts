import { beforeAll, expect, test } from 'vitest';
import { buildModel } from '../../experiment/methods/models/registry';
import { Feeder } from '../images/feeder';
import { Network } from '../network/network';
import { installMask } from '../state/install';
import { tinyDataset } from '../testing/tiny-dataset';
import { tinyMlp } from '../testing/tiny-run';
import { openTestGpu, testGpu } from '../testing/webgpu-test-backend';
import { CapturedEvaluator } from './captured-evaluator';
import { EagerEvaluator } from './create-evaluator';

beforeAll(openTestGpu);

const dataset = tinyDataset({ train: 40, test: 20 });
const images = Uint32Array.from({ length: 20 }, (_, i) => i);

function open() {
  const network = new Network(buildModel(tinyMlp, dataset.shape, 4), dataset.shape, 1);
  const { affine } = new Feeder(dataset, 'standard', 1);
  const eager = new EagerEvaluator(network, affine);
  const captured = new CapturedEvaluator(testGpu(), network, affine, new EagerEvaluator(network, affine));
  const both = async () => [[...(await captured.logits(dataset.test, images))], [...(await eager.logits(dataset.test, images))]] as const;
  return { network, captured, both };
}

test('weights that are written back are those that a traced pass reads', async () => {
  const { network, captured, both } = open();
  const [before] = await both();
  const values = await network.read();
  network.write(Object.fromEntries(Object.entries(values).map(([name, own]) => [name, own.map((v, i) => v * 0.5 + (i % 3) * 0.1)])));
  const [after, expected] = await both();
  expect(after).toEqual(expected);
  expect(after).not.toEqual(before);
  captured.dispose();
  network.dispose();
});

test('passes through parametrizations that are gone are let go', async () => {
  const { network, captured, both } = open();
  const values = await network.read();
  await captured.logits(dataset.test, images, values);
  for (let stage = 0; stage < 5; stage++) {
    const kept = Uint8Array.from({ length: 768 }, (_, i) => (i % 7 > stage ? 1 : 0));
    installMask(network, { place: 'fc1/kernel', method: 'magnitude', stage, settings: {}, share: 1 }, kept);
    const [found, expected] = await both();
    expect(found).toEqual(expected);
  }
  // One through the file's values, one through the present parametrizations.
  expect(captured.size).toBe(2);
  captured.dispose();
  network.dispose();
});
