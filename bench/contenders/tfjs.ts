/** The peer that most people know: TensorFlow.js as it comes, with its own gradients, loss and optimizer. */
import type * as Tfjs from '@tensorflow/tfjs';
import type { LayerSpec } from '../../src/experiment/operators/layers';
import type { Contender, Runner, TrainJob } from './contract';
import { provideGpu } from './gpu';
import { contender } from './measure';
import { floatBatch, LEARNING_RATE, layersOf, parameterSpecs, shapeOf, startValues } from './workload';

export function tfjs(): Contender {
  let opened: Promise<{ tf: typeof Tfjs; adapter: string }> | undefined;
  return contender(async (job) => {
    if (job.kind !== 'train' || job.backend !== 'webgpu' || job.bits) throw new Error('TensorFlow.js is measured on WebGPU in float32.');
    opened ??= open();
    const { tf, adapter } = await opened;
    return training(tf, job, adapter);
  });
}

async function open(): Promise<{ tf: typeof Tfjs; adapter: string }> {
  const gpu = await provideGpu();
  const tf = await import('@tensorflow/tfjs');
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('No graphics adapter was found.');
  // The package registers itself in browsers only.
  if (!tf.findBackendFactory('webgpu')) {
    const { limits, features } = adapter;
    const wanted: GPUFeatureName[] = ['timestamp-query', 'bgra8unorm-storage'];
    const device = await adapter.requestDevice({
      requiredFeatures: wanted.filter((feature) => features.has(feature)),
      requiredLimits: {
        maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
        maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
        maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
        maxBufferSize: limits.maxBufferSize,
        maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
        maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
      },
    });
    tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info), 3);
  }
  if (!(await tf.setBackend('webgpu'))) throw new Error('TensorFlow.js could not open WebGPU.');
  await tf.ready();
  return { tf, adapter: adapter.info.description || adapter.info.architecture };
}

function training(tf: typeof Tfjs, { model, batch }: TrainJob, adapter: string): Runner {
  const layers = layersOf(model);
  const { height, width, channels } = shapeOf(model);
  const variables = new Map(
    parameterSpecs(model).map((spec, index) => {
      const start = tf.tensor(startValues(spec, index), [...spec.shape]);
      return [spec.name, tf.tidy(() => tf.variable(start, spec.trainable))] as const;
    }),
  );
  const value = (name: string): Tfjs.Variable => {
    const found = variables.get(name);
    if (!found) throw new Error(`There is no parameter ${name}.`);
    return found;
  };
  const data = floatBatch(model, batch);
  const images = tf.tensor(
    data.images,
    layers[0]?.type === 'flatten' ? [batch, height * width * channels] : [batch, height, width, channels],
  );
  const oneHot = tf.oneHot(tf.tensor1d(data.labels, 'int32'), 10);
  const optimizer = tf.train.adam(LEARNING_RATE);
  const trainable = [...variables.values()].filter((variable) => variable.trainable);
  const loss = (): Tfjs.Scalar => {
    const logits = layers.reduce<Tfjs.Tensor>((x, layer) => forward(tf, layer, x, value), images);
    return tf.losses.softmaxCrossEntropy(oneHot, logits);
  };
  return {
    adapter,
    async issue(steps) {
      let last: Tfjs.Scalar | null = null;
      for (let i = 0; i < steps; i++) {
        last?.dispose();
        last = optimizer.minimize(loss, true, trainable);
      }
      const [result = Number.NaN] = (await last?.data()) ?? [];
      last?.dispose();
      return result;
    },
    dispose() {
      optimizer.dispose();
      for (const tensor of [...variables.values(), images, oneHot]) tensor.dispose();
    },
  };
}

function forward(tf: typeof Tfjs, layer: LayerSpec, x: Tfjs.Tensor, value: (name: string) => Tfjs.Variable): Tfjs.Tensor {
  switch (layer.type) {
    case 'flatten':
      return x.rank === 2 ? x : tf.reshape(x, [x.shape[0] ?? 0, -1]);
    case 'dense':
      return tf.add(tf.matMul(x as Tfjs.Tensor2D, value(`${layer.name}/kernel`) as Tfjs.Tensor2D), value(`${layer.name}/bias`));
    case 'conv': {
      const filter = value(`${layer.name}/kernel`) as Tfjs.Tensor4D;
      return tf.add(tf.conv2d(x as Tfjs.Tensor4D, filter, 1, layer.padding), value(`${layer.name}/bias`));
    }
    case 'activation':
      return layer.fn === 'relu' ? tf.relu(x) : layer.fn === 'tanh' ? tf.tanh(x) : tf.sigmoid(x);
    case 'maxPool':
      return tf.maxPool(x as Tfjs.Tensor4D, layer.size, layer.size, 'valid');
    case 'dropout':
      return tf.dropout(x, layer.rate);
    case 'batchNorm': {
      const axes = x.shape.map((_, axis) => axis).slice(0, -1);
      const { mean, variance } = tf.moments(x, axes);
      follow(tf, value(`${layer.name}/mean`), mean, layer.momentum);
      follow(tf, value(`${layer.name}/variance`), variance, layer.momentum);
      const [beta, gamma] = [value(`${layer.name}/beta`), value(`${layer.name}/gamma`)] as Tfjs.Tensor1D[];
      return tf.batchNorm(x, mean as Tfjs.Tensor1D, variance as Tfjs.Tensor1D, beta, gamma, layer.epsilon);
    }
    default:
      throw new RangeError(`The peer has no ${layer.type} layer.`);
  }
}

/** A moving average takes a step towards what the batch shows. */
function follow(tf: typeof Tfjs, average: Tfjs.Variable, seen: Tfjs.Tensor, momentum: number): void {
  tf.tidy(() => average.assign(tf.add(tf.mul(average, momentum), tf.mul(seen, 1 - momentum))));
}
