import type * as tf from '@tensorflow/tfjs-core';
import type { CapturableBackend } from '../device/capturable-backend';
import { flatIndex, launch, workgroupsFor } from '../device/gpu-program';
import { hyperFields, StepTable } from '../device/step-table';
import { KernelName, setKernel } from './kernel-dispatch';
import { slotCount, type UpdateAttributes, type UpdateMethod } from './optimizer-update';

/** One line of arithmetic per method; `w`, `g` and slots `a`, `b` are this invocation's values, `h` the hyperparameters. */
const rules: Readonly<Record<UpdateMethod, string>> = {
  sgd: 'w -= h.lr * g;',
  momentum: 'a = h.momentum * a + g; w -= h.lr * a;',
  adam: `a = h.beta1 * a + h.new1 * g; b = h.beta2 * b + h.new2 * g * g;
    w -= h.lr * (a / h.correction1) / (sqrt(b / h.correction2) + h.epsilon);`,
  rmsprop: 'a = h.decay * a + h.newSquare * g * g; w -= h.lr * g / sqrt(a + h.epsilon);',
};

/** Reads the step's hyperparameters from its row of the table, so that a replayed step sees its own. */
const wgsl = (method: UpdateMethod, decays: boolean) => {
  const slots = ['a', 'b'].slice(0, slotCount[method]);
  return /* wgsl */ `
struct Hyper { ${hyperFields.map((field) => `${field}: f32`).join(', ')} }
@group(0) @binding(0) var<storage, read> row: array<i32>;
@group(0) @binding(1) var<storage, read> table: array<f32>;
@group(0) @binding(2) var<storage, read> gradients: array<f32>;
@group(0) @binding(3) var<storage, read_write> weights: array<f32>;
${slots.map((slot, i) => `@group(0) @binding(${4 + i}) var<storage, read_write> slot_${slot}: array<f32>;`).join('\n')}
${flatIndex}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = flatIndex(group, groups, local);
  if (i >= arrayLength(&weights)) { return; }
  let at = u32(row[0]) * ${hyperFields.length}u;
  let h = Hyper(${hyperFields.map((_, i) => `table[at + ${i}u]`).join(', ')});
  var w = weights[i];
  let g = gradients[i]${decays ? ' + h.weightDecay * w' : ''};
  ${slots.map((slot) => `var ${slot} = slot_${slot}[i];`).join(' ')}
  ${rules[method]}
  weights[i] = w;
  ${slots.map((slot) => `slot_${slot}[i] = ${slot};`).join(' ')}
}`;
};

/** Writes the new values into the variables' own buffers and gives no tensors: a capture follows the buffers. */
setKernel({
  kernelName: KernelName.applyUpdate,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend, attrs }) {
    const gpu = backend as CapturableBackend;
    const { parameter, gradient, slot0, slot1 } = inputs as Record<string, tf.TensorInfo | undefined>;
    const values = attrs as unknown as UpdateAttributes;
    if (!parameter || !gradient) throw new Error('An update needs a parameter and its gradient.');
    const size = parameter.shape.reduce((a, b) => a * b, 1);
    const slots = [slot0, slot1].filter((slot) => slot !== undefined);
    const table = StepTable.current ?? StepTable.of(gpu, values);
    const source = wgsl(values.method, values.weightDecay !== 0);
    launch(gpu, source, [table.row, table.table, gradient, parameter, ...slots], workgroupsFor(size));
    if (table !== StepTable.current) table.dispose();
    return [];
  },
});
