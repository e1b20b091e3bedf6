/** Rounding to steps between two limits on WebGPU: one launch forward; backward one or two, and the sum over columns where they share a scale. */
import * as tf from '@tensorflow/tfjs-core';
import type { CapturableBackend } from '../../device/capturable-backend';
import { emptyTensor } from '../../device/gpu-program';
import type { ClippedStepAttributes } from '../shared/attributes';
import { KernelName, setKernel } from '../shared/dispatch';
import { reduceColumns } from './columns';
import { elementwise } from './elementwise';

/** The scale of element i, its step, and x / step between the limits. settings: lowest and highest code. */
const ratio = (rule: ClippedStepAttributes['rule']) => `
  let limit = scale[i % arrayLength(&scale)];
  let low = settings[0];
  let high = settings[1];
  let s = ${rule === 'step' ? 'limit' : 'limit / high'};
  let r = x[i] / s;`;

/** Runs a kernel with the limits: one pipeline serves all bits. */
function withSettings({ lowest, highest }: ClippedStepAttributes, use: (settings: tf.Tensor) => void): void {
  const settings = tf.tensor1d([lowest, highest]);
  use(settings);
  settings.dispose();
}

setKernel({
  kernelName: KernelName.clippedStep,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend, attrs }) {
    const gpu = backend as CapturableBackend;
    const { x, scale } = inputs as Record<'x' | 'scale', tf.TensorInfo>;
    const attributes = attrs as unknown as ClippedStepAttributes;
    const output = emptyTensor(gpu, x.shape);
    withSettings(attributes, (settings) => {
      // Infinity and NaN become NaN: clamp may swallow them.
      const statement = `${ratio(attributes.rule)}
  let bits = bitcast<u32>(x[i]) & 0x7fffffffu;
  output[i] = select(s * round(clamp(r, low, high)), bitcast<f32>(bits | 0x7fc00000u), bits >= 0x7f800000u);`;
      elementwise(gpu, 'quantizer: clipped steps', { x, scale, settings }, output, statement);
    });
    return output;
  },
});

setKernel({
  kernelName: KernelName.clippedStepGradient,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend, attrs }) {
    const gpu = backend as CapturableBackend;
    const { x, scale, dy } = inputs as Record<'x' | 'scale' | 'dy', tf.TensorInfo>;
    const attributes = attrs as unknown as ClippedStepAttributes;
    const dx = emptyTensor(gpu, x.shape);
    if (attributes.rule === 'fixed') {
      withSettings(attributes, (settings) => {
        const statement = `${ratio('fixed')}
  output[i] = select(0.0, dy[i], x[i] >= select(0.0, -limit, low < 0.0) && x[i] <= limit && r == r);`;
        elementwise(gpu, 'quantizer: clipped steps, gradient', { x, scale, settings, dy }, dx, statement);
      });
      return [dx];
    }
    const sums = emptyTensor(gpu, [x.shape.at(-1) ?? 1]);
    withSettings(attributes, (settings) => {
      reduceColumns(gpu, {
        name: 'quantizer: clipped steps, gradient',
        type: 'f32',
        zero: '0.0',
        reads: { x, scale, settings, dy },
        writes: { dx },
        term: `${ratio(attributes.rule)} ${terms[attributes.rule as 'step' | 'limit']}`,
        merge: 'return a + b;',
        finish: 'sums[column] = acc;',
        results: { sums },
      });
    });
    return [dx, sums];
  },
});

const terms = {
  // Inside round(r) − r; at the limits and beyond the limit itself.
  step: `
  let inside = r > low && r < high;
  dx[i] = select(0.0, dy[i], inside);
  acc += dy[i] * (round(clamp(r, low, high)) - select(0.0, r, inside));`,
  limit: `
  let over = x[i] >= limit;
  let under = x[i] < 0.0 && (low == 0.0 || x[i] <= -limit);
  dx[i] = select(dy[i], 0.0, over || under || r != r);
  acc += dy[i] * (select(0.0, 1.0, over) - select(0.0, 1.0, under && low < 0.0));`,
} as const;
