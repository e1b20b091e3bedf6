import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildModel } from '../../experiment/methods/models/registry';
import { defaultBlock } from '../../experiment/settings/block';
import { stageDefinition } from '../../experiment/stages/registry';
import type { Stage } from '../../experiment/types/experiment';
import { dequantize, quantize, symmetricScale } from '../../numerics/scales/uniform';
import { eagerContext } from '../device/step-context';
import { assign } from '../kernels/shared/assign';
import { Network } from '../network/network';
import { installParametrization, type Parametrization, stateArray } from '../parametrizations/parametrization';
import { storeModel } from '../state/store-model';
import { tinyDataset } from '../testing/tiny-dataset';
import { everyStep, finish, quantize as quantizeStage, tinyExperiment, train } from '../testing/tiny-run';
import { openTestBackends } from '../testing/wasm-test-backend';
import { QuantizerInspector, surrogateGradient } from './inspect-quantizer';

beforeAll(openTestBackends);

const dataset = tinyDataset();
const experiment = tinyExperiment([]);
const networks: Network[] = [];

/** A network with a 3-bit parametrization of scale 0.1 on its first kernel: gradient 1 within ±0.3 and 0 beyond. */
function clippedNetwork(scale = 0.1): Network {
  const layers = buildModel(experiment.model, dataset.shape, dataset.classes.length);
  const network = new Network(layers, dataset.shape, 1);
  networks.push(network);
  const kernel = network.weights[0]!;
  const observed = stateArray('observed', Float32Array.of(7), [1], 0, {});
  const parametrization: Parametrization = {
    kind: 'quantizer',
    stage: 1,
    arrays: [observed],
    apply(latent, context) {
      if (context.training) assign(observed.variable, tf.tensor1d([13]));
      const limited = tf.customGrad((x) => {
        const input = x as tf.Tensor;
        const gradFunc = (dy: tf.Tensor) => tf.mul(dy, tf.cast(tf.lessEqual(tf.abs(input), 3 * scale), 'float32'));
        return { value: tf.mul(input, 1), gradFunc };
      });
      return limited(latent);
    },
    materialize: (latent) => ({ kind: 'uniform', bits: 3, codes: quantize(latent, scale, 3), scales: Float32Array.of(scale) }),
  };
  installParametrization(kernel.parametrizations, parametrization);
  return network;
}

afterEach(() => {
  for (const network of networks.splice(0)) network.dispose();
});

describe('the surrogate gradient', () => {
  test('is that of the parametrizations, 1 within the clip range and 0 beyond', async () => {
    const network = clippedNetwork();
    const kernel = network.weights[0]!;
    const latent = (await network.read())[kernel.spec.name]!;
    const gradient = await surrogateGradient(kernel, eagerContext(1, 0, { elapsed: 0, progress: 0, lr: 0 }));
    expect(gradient).toEqual(latent.map((w) => (Math.abs(w) <= Math.fround(3 * 0.1) ? 1 : 0)));
  });

  test('looking leaves no trace: neither in the arrays of a parametrization nor in memory', async () => {
    const network = clippedNetwork();
    const kernel = network.weights[0]!;
    const before = tf.memory().numTensors;
    await surrogateGradient(kernel, eagerContext(1, 0, { elapsed: 0, progress: 0, lr: 0 }));
    expect([...(await kernel.parametrizations[0]!.arrays[0]!.variable.data())]).toEqual([7]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('inspections', () => {
  const at = (globalStep: number) => ({ globalStep, elapsed: globalStep, progress: 0 });

  test('tell of every quantized kernel, of its levels and of what changed since', async () => {
    const network = clippedNetwork();
    const { name, layer } = network.weights[0]!.spec;
    const inspections = new QuantizerInspector();
    const inspection = async (step: number) => {
      const latent = await network.read();
      return (await inspections.take(network, latent, await storeModel(experiment, network, latent), at(step))).get(layer)!;
    };
    const first = await inspection(10);
    expect(first.flips).toBeNull();
    expect(first).toMatchObject({ kind: 'uniform', bits: 3, groups: 1, overheadBits: expect.any(Number) });
    expect(first.scale!.current.scale).toBeCloseTo(0.1);

    const latent = { ...(await network.read()) };
    const values = latent[name]!.slice();
    values[0] = 0.2;
    values[1] = -0.2;
    network.write({ [name]: values });
    await inspection(15);
    values[0] = 0;
    network.write({ [name]: values });
    const third = await inspection(40);
    expect(third.flips).toEqual({ changed: 1, returned: expect.any(Number), steps: 25 });
    // A second inspection at the same step gives the same.
    expect((await inspection(40)).flips).toEqual(third.flips);
  });

  test('are part of a run from the stage that quantizes on', async () => {
    const { events } = await finish(tinyExperiment([train({ steps: 3 }), quantizeStage(4), train({ steps: 3 })]), dataset, {
      control: everyStep(),
    });
    const seen = events.flatMap((event) => (event.type === 'inspection' ? [event] : []));
    for (const { stage, layers } of seen) {
      for (const { quantizer } of layers) {
        if (stage === 0) expect(quantizer).toBeNull();
        else expect([quantizer!.bits, quantizer!.dead, quantizer!.group.clipped]).toEqual([4, 0, 0]);
      }
    }
    const last = seen.at(-1)!.layers[0]!.quantizer!;
    expect(last.flips!.steps).toBeGreaterThanOrEqual(1);
    expect(last.scale!.current.scale).toBeCloseTo(last.scale!.calibrated!.minMax.scale, 5);
  });

  test('what is stored of a sampled weight is what the twin gives', async () => {
    const { events } = await finish(tinyExperiment([quantizeStage(3)]), dataset);
    const { layers } = events.flatMap((event) => (event.type === 'inspection' ? [event] : []))[0]!;
    for (const { quantizer } of layers) {
      const { latent, stored } = quantizer!.group;
      const scale = symmetricScale(latent, 3);
      expect(stored).toEqual(dequantize(quantize(latent, scale, 3), scale));
    }
  });

  test('change nothing: a run that is looked at in every step has the losses of one that is not', async () => {
    for (const method of ['lq-nets', 'dsq', 'noise']) {
      const stage: Stage = { kind: 'quantize', on: true, ...defaultBlock(stageDefinition('quantize').settings, { method }) };
      const program = tinyExperiment([stage, train({ steps: 6 })]);
      const watched = await finish(program, dataset, { control: everyStep() });
      expect(watched.losses).toEqual((await finish(program, dataset)).losses);
    }
  });
});
