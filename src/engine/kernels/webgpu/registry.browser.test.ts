/** Every kernel of ours on WebGPU against its twin in numerics. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { convGradient, conv as convOfArrays, denseGradient, dense as denseOfArrays } from '../../../numerics/network/layers';
import { fillUniform, Purpose, threefry2x32 } from '../../../numerics/random/rng';
import { softmaxCrossEntropy as crossEntropyOfArrays } from '../../../numerics/training/loss';
import { adamStep, momentumStep, rmspropStep, sgdStep } from '../../../numerics/training/optimizers';
import { emptyTensor, launch, readTensor } from '../../device/gpu-program';
import { hyperFields, StepTable, slotCount, type UpdateMethod } from '../../device/step-table';
import { byteTable, gatherBatch } from '../../images/batches';
import { GpuImages } from '../../images/gpu-images';
import { conv } from '../../operators/conv';
import { dense } from '../../operators/dense';
import { activation, dropout } from '../../operators/plain';
import { tinyDataset } from '../../testing/tiny-dataset';
import { expectClose, expectEqual, normalTensor, normalValues, onGpu, openTestGpu, testGpu } from '../../testing/webgpu-test-backend';
import { softmaxCrossEntropy } from '../loss';
import { applyUpdates } from '../optimizer-update';
import { KernelName, runKernel } from '../shared/dispatch';
import { gather } from './gather';
import { threefryWgsl } from './random';

beforeAll(openTestGpu);

/** A table of steps as a captured step would read it, at its first row. */
function withTable<T>(streams: number[], f: (table: StepTable) => T): T {
  const table = new StepTable(testGpu(), streams.length);
  table.write(new Float32Array(streams.length * hyperFields.length), Int32Array.from(streams));
  StepTable.current = table;
  try {
    return f(table);
  } finally {
    StepTable.current = undefined;
    table.dispose();
  }
}

test('threefry is the twin, bit for bit', async () => {
  const gpu = testGpu();
  const inputs = [0, 0, 0, 0, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3];
  for (let i = 0; i < 60; i++) inputs.push(Math.imul(i + 1, 0x9e3779b1) >>> 0, i, 2 ** 20 * i, Math.imul(i, 0x85ebca6b) >>> 0);
  const given = tf.tensor1d(Int32Array.from(inputs), 'int32');
  const words = tf.engine().makeTensorFromTensorInfo(emptyTensor(gpu, [inputs.length / 2], 'int32'));
  const source = /* wgsl */ `
@group(0) @binding(0) var<storage, read> given: array<vec4u>;
@group(0) @binding(1) var<storage, read_write> words: array<vec2u>;
${threefryWgsl}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < arrayLength(&given)) { words[id.x] = threefry(given[id.x].xy, given[id.x].zw); }
}`;
  launch(gpu, source, [given, words], [1, 1, 1]);
  const found = new Uint32Array((await readTensor(words)).buffer);
  tf.dispose([given, words]);
  const expected: number[] = [];
  for (let i = 0; i < inputs.length; i += 4) expected.push(...threefry2x32(inputs[i]!, inputs[i + 1]!, inputs[i + 2]!, inputs[i + 3]!));
  expect([...found.subarray(0, expected.length)]).toEqual(expected);
});

test('dropout keeps what fillUniform draws, forward and backward, captured or not', async () => {
  const [seed, layer, step, rate] = [0xfedcba98, 3, 2 ** 20 + 77, 0.3];
  const draws = new Float32Array(7 * 13);
  fillUniform(draws, seed, Purpose.dropout + 16 * layer, step);
  const keep = (values: Float32Array) =>
    values.map((value, i) => (draws[i]! < Math.fround(rate) ? 0 : value * Math.fround(1 / (1 - rate))));
  const compute = (given: number) => () => {
    const layerOf = (x: tf.Tensor) => dropout(x, rate, seed, given, layer);
    return [layerOf(normalTensor([7, 13], 1)), tf.grad(layerOf)(normalTensor([7, 13], 1), normalTensor([7, 13], 2))];
  };
  for (const [y, dx] of [await onGpu(compute(step)), await onGpu(() => withTable([step, 5], compute(0)))]) {
    expectEqual(y!, keep(normalValues(91, 1)));
    expectEqual(dx!, keep(normalValues(91, 2)));
  }
});

test('a batch is gathered and normalized as on the CPU', async () => {
  const gpu = testGpu();
  const dataset = tinyDataset({ train: 30, side: 5, channels: 3 });
  const images = GpuImages.of(gpu, dataset.train);
  if (!images) throw new Error('The images do not fit the device.');
  images.upload(11);
  images.upload(30);
  const affine = { scale: [0.01, 0.02, -0.5], shift: [-1, 0.25, 3] };
  const order = Uint32Array.of(29, 0, 7, 7, 13, 2, 28, 11);
  const [expected, labels] = [new Float32Array(4 * 75), new Int32Array(4)];
  gatherBatch(dataset.train, order, 4, affine, expected, labels);
  const [pictures, targets] = await onGpu(() => {
    const inputs = {
      pixels: images.pixels,
      labels: images.labels,
      order: tf.tensor1d(Int32Array.from(order), 'int32'),
      row: tf.tensor1d([1], 'int32'),
      table: tf.tensor1d(byteTable(affine)),
    };
    return gather(gpu, inputs, 4, 75);
  });
  expectEqual(pictures!, expected);
  expectEqual(targets!, labels);
});

describe('softmax cross-entropy', () => {
  for (const [rows, classes] of [
    [130, 7],
    [3, 300],
    [1, 2],
  ] as const)
    test(`${rows} rows of ${classes} classes`, async () => {
      const logits = normalValues(rows * classes, 3).map((value) => 4 * value);
      const labels = Int32Array.from({ length: rows }, (_, i) => (5 * i) % classes);
      const expected = crossEntropyOfArrays(logits, labels, classes);
      for (const dy of [1, 3]) {
        const [loss, correct, gradient] = await onGpu(() => {
          const [x, wanted] = [tf.tensor2d(logits, [rows, classes]), tf.tensor1d(labels, 'int32')];
          const result = softmaxCrossEntropy(x, wanted);
          const down = tf.grad((z: tf.Tensor) => tf.mul(softmaxCrossEntropy(z as tf.Tensor2D, wanted).loss, dy))(x);
          return [result.loss, result.correct, down];
        });
        expectClose(loss!, [expected.loss]);
        expectEqual(correct!, [expected.correct]);
        expectClose(
          gradient!,
          expected.gradient.map((value) => dy * value),
          1e-6,
        );
      }
    });

  test('a logit that is not finite makes the loss not finite, wherever it is', async () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY])
      for (const at of [0, 4, 69 * 3 + 2]) {
        const logits = normalValues(70 * 3, 1);
        logits[at] = bad;
        const labels = tf.zeros([70], 'int32') as tf.Tensor1D;
        const [loss] = await onGpu(() => [softmaxCrossEntropy(tf.tensor2d(logits, [70, 3]), labels).loss]);
        labels.dispose();
        expect(Number.isFinite(loss![0]), `${bad} at ${at}`).toBe(false);
      }
  });
});

describe('optimizers', () => {
  const options = { lr: 0.1, momentum: 0.8, beta1: 0.9, beta2: 0.99, decay: 0.95, epsilon: 1e-3 };
  const twins: Record<UpdateMethod, (w: Float32Array, g: Float32Array, slots: Float32Array[], step: number, weightDecay: number) => void> =
    {
      sgd: (w, g, _, _step, weightDecay) => sgdStep(w, g, { ...options, weightDecay }),
      momentum: (w, g, [v], _step, weightDecay) => momentumStep(w, g, v!, { ...options, weightDecay }),
      adam: (w, g, [m, v], step, weightDecay) => adamStep(w, g, m!, v!, { ...options, weightDecay, step }),
      rmsprop: (w, g, [s], _step, weightDecay) => rmspropStep(w, g, s!, { ...options, weightDecay }),
    };
  for (const method of Object.keys(twins) as UpdateMethod[])
    test(`${method}: parameters of several sizes in one call, with and without weight decay`, async () => {
      const parameters = [300, 7, 1, 64, 130].map((count, i) => ({
        decays: i % 2 === 0,
        arrays: [normalValues(count, 1 + i), ...Array.from({ length: slotCount[method] }, () => new Float32Array(count))],
      }));
      const variables = parameters.map(({ arrays }) => arrays.map((values) => tf.tidy(() => tf.variable(tf.tensor1d(values.slice())))));
      for (let step = 1; step <= 4; step++) {
        const gradients = parameters.map(({ arrays }, i) => normalValues(arrays[0]!.length, 10 * step + i));
        tf.tidy(() => {
          const updates = parameters.map(({ decays }, i) => {
            const [parameter, ...slots] = variables[i]!;
            return { parameter: parameter!, gradient: tf.tensor1d(gradients[i]!), slots, decays, rate: 1 };
          });
          applyUpdates(method, updates, { ...options, weightDecay: 0.03, step });
        });
        for (const [i, { arrays, decays }] of parameters.entries())
          twins[method](arrays[0]!, gradients[i]!, arrays.slice(1), step, decays ? 0.03 : 0);
      }
      for (const [i, { arrays }] of parameters.entries())
        for (const [k, wanted] of arrays.entries())
          expectClose(await readTensor(variables[i]![k]!), wanted, 2e-6, `parameter ${i}, array ${k}`);
      tf.dispose(variables);
    });
});

describe('sums over rows and gradients below ReLU', () => {
  for (const [rows, columns] of [
    [1, 1],
    [6, 70],
    [1024, 3],
    [2500, 40],
  ] as const)
    test(`${rows} × ${columns}`, async () => {
      const [dy, y] = [normalValues(rows * columns, 1), normalValues(rows * columns, 2)];
      const below = dy.map((value, i) => (y[i]! > 0 ? value : 0));
      const sumOf = (values: Float32Array) => {
        const sums = new Float64Array(columns);
        values.forEach((value, i) => {
          sums[i % columns]! += value;
        });
        return sums;
      };
      const [plain, masked, sums, alone] = await onGpu(() => {
        const tensors = { dy: tf.tensor2d(dy, [rows, columns]), y: tf.tensor2d(y, [rows, columns]) };
        return [
          ...runKernel(KernelName.columnSums, { x: tensors.dy }),
          ...runKernel(KernelName.reluGradient, tensors, { sums: true }),
          ...runKernel(KernelName.reluGradient, tensors, { sums: false }),
        ];
      });
      expectClose(plain!, sumOf(dy));
      expectEqual(masked!, below);
      expectClose(sums!, sumOf(below));
      expectEqual(alone!, below);
    });
});

describe('layers with weights', () => {
  for (const relu of [false, true]) {
    const slope = (dy: Float32Array, y: Float64Array) => dy.map((value, i) => (relu && y[i]! <= 0 ? 0 : value));
    const bent = (y: Float64Array) => (relu ? y.map((value) => Math.max(0, value)) : y);

    test(`dense${relu ? ' with ReLU' : ''}`, async () => {
      const [x, weights, bias, dy] = [normalValues(5 * 9, 1), normalValues(9 * 6, 2), normalValues(6, 3), normalValues(5 * 6, 4)];
      const y = denseOfArrays(x, weights, bias);
      const expected = denseGradient(x, weights, 6, slope(dy, y));
      const [found, dx, dWeights, dBias] = await onGpu(() => {
        const inputs = [tf.tensor2d(x, [5, 9]), tf.tensor2d(weights, [9, 6]), tf.tensor1d(bias)];
        const layer = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => dense(a as tf.Tensor2D, b as tf.Tensor2D, c as tf.Tensor1D, relu);
        return [layer(...(inputs as [tf.Tensor, tf.Tensor, tf.Tensor])), ...tf.grads(layer as never)(inputs, tf.tensor2d(dy, [5, 6]))];
      });
      for (const [i, [is, wanted]] of [
        [found, bent(y)],
        [dx, expected.dx],
        [dWeights, expected.dWeights],
        [dBias, expected.dBias],
      ].entries())
        expectClose(is!, wanted!, 1e-5, `array ${i}`);
    });

    for (const padding of ['same', 'valid'] as const)
      test(`convolution, ${padding}${relu ? ', with ReLU' : ''}`, async () => {
        const shape = { batch: 2, height: 6, width: 5, channels: 3, filters: 4, window: 3, padding };
        const [height, width] = padding === 'same' ? [6, 5] : [4, 3];
        const [x, weights, bias] = [normalValues(2 * 6 * 5 * 3, 1), normalValues(3 * 3 * 3 * 4, 2), normalValues(4, 3)];
        const dy = normalValues(2 * height * width * 4, 4);
        const y = convOfArrays(x, weights, bias, shape);
        const expected = convGradient(x, weights, slope(dy, y), shape);
        const [found, dx, dWeights, dBias] = await onGpu(() => {
          const inputs = [tf.tensor4d(x, [2, 6, 5, 3]), tf.tensor4d(weights, [3, 3, 3, 4]), tf.tensor1d(bias)];
          const layer = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) =>
            conv(a as tf.Tensor4D, b as tf.Tensor4D, c as tf.Tensor1D, padding, relu);
          const given = tf.tensor4d(dy, [2, height, width, 4]);
          return [layer(...(inputs as [tf.Tensor, tf.Tensor, tf.Tensor])), ...tf.grads(layer as never)(inputs, given)];
        });
        for (const [i, [is, wanted]] of [
          [found, bent(y)],
          [dx, expected.dx],
          [dWeights, expected.dWeights],
          [dBias, expected.dBias],
        ].entries())
          expectClose(is!, wanted!, 1e-5, `array ${i}`);
      });
  }

  test('a ReLU by itself', async () => {
    const [y, dx] = await onGpu(() => {
      const x = normalTensor([4, 5], 1);
      return [activation(x, 'relu'), tf.grad((z: tf.Tensor) => activation(z, 'relu'))(x, normalTensor([4, 5], 2))];
    });
    const x = normalValues(20, 1);
    expectEqual(
      y!,
      x.map((value) => Math.max(0, value)),
    );
    expectEqual(
      dx!,
      normalValues(20, 2).map((value, i) => (x[i]! > 0 ? value : 0)),
    );
  });
});
