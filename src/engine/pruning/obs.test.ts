/** OBS in the engine: its H against plain loops, its weights against the twin, what it is worth. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { LayerSpec } from '../../experiment/operators/layers';
import { curvatureOf, obsAdjusted, obsScores } from '../../numerics/pruning/obs';
import { expectClose, imagesOf, layersOf, scored, scoringData } from '../testing/scored';
import { tinyDataset } from '../testing/tiny-dataset';
import { finish, stage, tinyExperiment, tinyMlp, train } from '../testing/tiny-run';
import { openTestBackends } from '../testing/wasm-test-backend';

beforeAll(openTestBackends);

const SIDE = 8;

async function found(layers: readonly LayerSpec[]) {
  const { network, feeder, values, saliencies } = await scored(layers);
  const result = { values, saliencies: await saliencies({ criterion: 'obs' }), images: imagesOf(feeder).images };
  network.dispose();
  return result;
}

/** The mean over the images of Σ x xᵀ over the rows that each image gives. */
function productsOf(rowsOf: (image: Float32Array) => readonly (readonly number[])[], images: Float32Array, inputs: number): Float32Array {
  const sums = new Float64Array(inputs * inputs);
  const count = images.length / SIDE ** 2;
  for (let n = 0; n < count; n++)
    for (const row of rowsOf(images.subarray(n * SIDE ** 2, (n + 1) * SIDE ** 2)))
      for (let i = 0; i < inputs; i++) for (let j = 0; j < inputs; j++) sums[i * inputs + j]! += row[i]! * row[j]!;
  return Float32Array.from(sums, (sum) => sum / count);
}

describe('OBS is the twin', () => {
  /** Every third weight goes. */
  const maskOf = (values: Float32Array) => Uint8Array.from(values, (_, i) => (i % 3 === 0 ? 0 : 1));

  function expectTwin({ values, saliencies }: Awaited<ReturnType<typeof found>>, products: Float32Array, inputs: number): void {
    const [first] = values as [Float32Array];
    const curvature = curvatureOf(products, inputs);
    expectClose(saliencies.scores[0]!, obsScores(first, curvature), 1e-3);
    expectClose(saliencies.adjusted!(values.map(maskOf))[0]!, obsAdjusted(first, maskOf(first), curvature), 1e-3);
  }

  test('in a dense layer', async () => {
    const result = await found(layersOf(tinyMlp));
    expectTwin(
      result,
      productsOf((image) => [[...image]], result.images, 64),
      64,
    );
  });

  test('in the factors of a low-rank layer: the right one takes in what the left one gives', async () => {
    const layers: readonly LayerSpec[] = [{ type: 'flatten' }, { type: 'lowRank', name: 'fc1', units: 4, rank: 3 }];
    const result = await found(layers);
    const [left, right] = result.values as [Float32Array, Float32Array];
    const inner = (image: Float32Array) => [0, 1, 2].map((r) => image.reduce((sum, value, i) => sum + value * left[3 * i + r]!, 0));
    const curvature = curvatureOf(
      productsOf((image) => [inner(image)], result.images, 3),
      3,
    );
    expectClose(result.saliencies.scores[1]!, obsScores(right, curvature), 1e-3);
    expectTwin(
      result,
      productsOf((image) => [[...image]], result.images, 64),
      64,
    );
  });

  for (const padding of ['same', 'valid'] as const)
    test(`in a convolution, over all places of the filter, padding ${padding}`, async () => {
      const kernel = 3;
      const init = 'heNormal' as const;
      const layers: readonly LayerSpec[] = [
        { type: 'conv', name: 'conv1', filters: 2, kernel, padding, init },
        { type: 'flatten' },
        { type: 'dense', name: 'fc1', units: 4, init },
      ];
      const result = await found(layers);
      const before = padding === 'same' ? 1 : 0;
      const places = SIDE + 2 * before - kernel + 1;
      const pixel = (image: Float32Array, y: number, x: number) => (y < 0 || x < 0 || y >= SIDE || x >= SIDE ? 0 : image[y * SIDE + x]!);
      const patches = (image: Float32Array) =>
        Array.from({ length: places ** 2 }, (_, p) =>
          Array.from({ length: kernel ** 2 }, (_unused, k) =>
            pixel(image, Math.floor(p / places) - before + Math.floor(k / kernel), (p % places) - before + (k % kernel)),
          ),
        );
      expectTwin(result, productsOf(patches, result.images, kernel ** 2), kernel ** 2);
    });
});

describe('OBS in a run', () => {
  test('the loss after it is lower than after magnitude, without any training', async () => {
    const lossBehind = async (criterion: string, seed: number) => {
      const stages = [train({ steps: 60 }), stage('prune', { criterion, amount: 70, samples: 64 })];
      const { record } = await finish(tinyExperiment(stages, { seed }), tinyDataset({ train: 200, test: 200 }));
      return record!.stages.at(-1)!.testLoss;
    };
    for (const seed of [1, 2, 3]) expect(await lossBehind('obs', seed)).toBeLessThan(await lossBehind('magnitude', seed));
  });

  test('what it does not cover fails with a sentence', async () => {
    const wide = tinyDataset({ train: 20, test: 10, side: 33 });
    const run = (block: typeof tinyMlp, own = scoringData) =>
      finish(tinyExperiment([stage('prune', { criterion: 'obs' })], { model: block }), own);
    const { events } = await run(tinyMlp, wide);
    const message = 'OBS is for small layers: each unit of fc1 has 1,089 inputs, more than 1,024.';
    expect(events.find(({ type }) => type === 'failed')).toMatchObject({ message });
  });
});
