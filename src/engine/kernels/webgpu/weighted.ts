/** Dense and convolution layers on WebGPU: product, bias and ReLU in one kernel, and a gradient without the detours of tfjs's. */
import * as tf from '@tensorflow/tfjs-core';
import type { CapturableBackend } from '../../device/capturable-backend';
import { KernelName, runKernel, setKernel } from '../shared/dispatch';

type Inputs = Readonly<Record<'x' | 'weights' | 'bias', tf.TensorInfo>>;

setKernel({
  kernelName: KernelName.dense,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend, attrs }) {
    const { x, weights, bias } = inputs as unknown as Inputs;
    const call = { transposeA: false, transposeB: false, activation: activation(attrs), leakyreluAlpha: 0 };
    return theirs(tf._FusedMatMul, { a: x, b: weights, bias }, backend, call);
  },
});

setKernel({
  kernelName: KernelName.conv,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend, attrs }) {
    const { x, weights, bias } = inputs as unknown as Inputs;
    const call = { ...geometry(attrs), dilations: [1, 1], activation: activation(attrs), leakyreluAlpha: 0 };
    return theirs(tf.FusedConv2D, { x, filter: weights, bias }, backend, call);
  },
});

/** tfjs's own kernel, without passing through its tape. */
function theirs(name: string, inputs: tf.NamedTensorInfoMap, backend: object, attrs: tf.NamedAttrMap): tf.TensorInfo | tf.TensorInfo[] {
  return tf.getKernel(name, 'webgpu').kernelFunc({ inputs, backend: backend as CapturableBackend, attrs });
}

function activation(attrs: tf.NamedAttrMap | undefined): string {
  return attrs?.relu ? 'relu' : 'linear';
}

function geometry(attrs: tf.NamedAttrMap | undefined): tf.NamedAttrMap {
  return { strides: [1, 1], pad: attrs?.pad as string, dataFormat: 'NHWC' };
}

/** What comes down to the product and to the bias from the gradient dy of the layer's output y. */
function below(dy: tf.Tensor, y: tf.Tensor, attrs: tf.NamedAttrMap): { readonly product: tf.Tensor; readonly bias: () => tf.Tensor } {
  if (!attrs.relu) return { product: dy, bias: () => runKernel(KernelName.columnSums, { x: dy })[0]! };
  const [product, sums] = runKernel(KernelName.reluGradient, { dy, y }, { sums: true });
  return { product: product!, bias: () => sums! };
}

tf.registerGradient({
  kernelName: KernelName.dense,
  inputsToSave: ['x', 'weights'],
  outputsToSave: [true],
  gradFunc(dy, [x, weights, y], attrs) {
    const { product, bias } = below(dy as tf.Tensor, y!, attrs);
    return {
      x: () => tf.matMul(product, weights!, false, true),
      weights: () => tf.matMul(x!, product, true, false),
      bias,
    };
  },
});

tf.registerGradient({
  kernelName: KernelName.conv,
  inputsToSave: ['x', 'weights'],
  outputsToSave: [true],
  gradFunc(dy, [x, weights, y], attrs) {
    const { product, bias } = below(dy as tf.Tensor, y!, attrs);
    const call = geometry(attrs);
    return {
      x: () => runKernel(tf.Conv2DBackpropInput, { dy: product, filter: weights! }, { ...call, inputShape: x!.shape })[0]!,
      weights: () => runKernel(tf.Conv2DBackpropFilter, { x: x!, dy: product }, { ...call, filterShape: weights!.shape })[0]!,
      bias,
    };
  },
});
