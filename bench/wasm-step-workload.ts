/**
 * Median time of a training step on the wasm backend in Node, one thread: `node <bundle> <ours|tfjs> <model> <steps> <backend>`.
 * Prints one JSON object. `tfjs` uses tfjs's own gradients, loss and optimizer; `ours` the kernels of src/engine/kernels.
 */
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { slotCount } from '../src/engine/device/step-table';
import { softmaxCrossEntropy } from '../src/engine/kernels/loss';
import { applyUpdate } from '../src/engine/kernels/optimizer-update';
import { installWasmGradients } from '../src/engine/kernels/wasm/gradients';
import { fillNormal } from '../src/numerics/random/rng';

const [, , mode = 'ours', model = 'lenet-300-100', stepCount = '30', backend = 'wasm', profile = ''] = process.argv;
const batch = 64;
const isDense = model === 'lenet-300-100';
const method = isDense ? 'adam' : 'momentum';
const lr = isDense ? 1e-3 : 1e-2;

setWasmPaths(`${process.env.WASM_FOLDER}/`);
setThreadsCount(1);
if (mode === 'ours') installWasmGradients();
await tf.setBackend(backend);

const shapes = isDense
  ? [[784, 300], [300], [300, 100], [100], [100, 10], [10]]
  : [[5, 5, 1, 20], [20], [5, 5, 20, 50], [50], [800, 500], [500], [500, 10], [10]];
const variables = shapes.map((shape, stream) => tf.variable(normal(shape, stream, 0.05)));
const images = normal(isDense ? [batch, 784] : [batch, 28, 28, 1], 100, 1);
const labels = tf.tensor1d(
  Int32Array.from({ length: batch }, (_, i) => i % 10),
  'int32',
);
const oneHot = tf.oneHot(labels, 10);
const slots = variables.map((v) => Array.from({ length: slotCount[method] }, () => tf.variable(tf.zeros(v.shape))));
const optimizer = isDense ? tf.train.adam(lr) : tf.train.momentum(lr, 0.9);

const times: number[] = [];
let loss = 0;
const steps = Number(stepCount);
// A step of tfjs's cpu backend takes seconds and needs no warming.
const warmUp = backend === 'cpu' ? 0 : 5;
if (profile) for (let i = 0; i < 3; i++) trainStep(i + 1).dispose();
const totals = new Map<string, number>();
if (profile) await profileKernels();
for (let step = 1; step <= steps + warmUp; step++) {
  const start = performance.now();
  const value = trainStep(step);
  if (step > warmUp) times.push(performance.now() - start);
  [loss = 0] = await value.data();
  value.dispose();
}
times.sort((a, b) => a - b);
console.log(
  JSON.stringify({
    mode,
    model,
    backend,
    ms: times[Math.floor(times.length / 2)],
    fastest: times[0],
    loss,
    tensors: tf.memory().numTensors,
  }),
);

function trainStep(step: number): tf.Scalar {
  if (mode === 'tfjs') return optimizer.minimize(() => tf.losses.softmaxCrossEntropy(oneHot, forward()) as tf.Scalar, true, variables)!;
  const { value, grads } = tf.variableGrads(() => softmaxCrossEntropy(forward(), labels).loss, variables);
  for (const [i, variable] of variables.entries()) {
    const gradient = grads[variable.name]!;
    applyUpdate(method, variable, gradient, slots[i]!, { lr, momentum: 0.9, weightDecay: 0, step });
    gradient.dispose();
  }
  return value;
}

function forward(): tf.Tensor2D {
  const [a, b, c, d, e, f, g, h] = variables as tf.Tensor[];
  if (isDense) {
    const first = tf.relu(tf.add(tf.matMul(images, a!), b!));
    const second = tf.relu(tf.add(tf.matMul(first, c!), d!));
    return tf.add(tf.matMul(second, e!), f!) as tf.Tensor2D;
  }
  const block = (x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor) =>
    tf.maxPool(tf.relu(tf.add(tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'valid'), bias)) as tf.Tensor4D, 2, 2, 'valid');
  const maps = block(block(images, a!, b!), c!, d!);
  const hidden = tf.relu(tf.add(tf.matMul(tf.reshape(maps, [batch, 800]), e!), f!));
  return tf.add(tf.matMul(hidden, g!), h!) as tf.Tensor2D;
}

function normal(shape: number[], stream: number, deviation: number): tf.Tensor {
  const values = new Float32Array(shape.reduce((x, y) => x * y, 1));
  fillNormal(values, 1, 1, stream);
  return tf.tidy(() => tf.mul(tf.tensor(values, shape), deviation));
}

/** Milliseconds per step by kernel, to standard error. */
async function profileKernels(): Promise<void> {
  for (let i = 0; i < 10; i++) {
    const { kernels } = await tf.profile(() => trainStep(i + 1));
    for (const kernel of kernels) {
      const time = await kernel.kernelTimeMs;
      const key = `${kernel.name} ${JSON.stringify(kernel.inputShapes)} -> ${JSON.stringify(kernel.outputShapes)}`;
      totals.set(key, (totals.get(key) ?? 0) + (typeof time === 'number' ? time / 10 : 0));
    }
  }
  for (const [key, ms] of [...totals].sort((p, q) => q[1] - p[1]).slice(0, 25)) console.error(ms.toFixed(2).padStart(8), key);
}
