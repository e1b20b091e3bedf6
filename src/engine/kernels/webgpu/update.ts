import type * as tf from '@tensorflow/tfjs-core';
import type { CapturableBackend } from '../../device/capturable-backend';
import { exact, flatIndex, launch, workgroupsFor } from '../../device/gpu-program';
import { hyperFields, StepTable, slotCount, type UpdateMethod, type UpdateValues } from '../../device/step-table';
import { KernelName, setKernel } from '../shared/dispatch';

/** Buffers that one launch may bind: 10 on nearly all desktop GPUs, 8 everywhere. */
const MOST_BUFFERS = 10;

/** One line of arithmetic per method; `w`, `g`, `lr` and slots `a`, `b` are this invocation's values, `h` the hyperparameters. */
const rules: Readonly<Record<UpdateMethod, string>> = {
  sgd: 'w -= lr * g;',
  momentum: 'a = h.momentum * a + g; w -= lr * a;',
  adam: `a = h.beta1 * a + h.new1 * g; b = h.beta2 * b + h.new2 * g * g;
    w -= lr * (a / h.correction1) / (sqrt(b / h.correction2) + h.epsilon);`,
  rmsprop: 'a = h.decay * a + h.newSquare * g * g; w -= lr * g / sqrt(a + h.epsilon);',
};

/** What differs between parameters of one launch. */
interface Trait {
  readonly decays: boolean;
  readonly rate: number;
}

/** Declarations and the piece of main for parameter number `n`: it takes the next of the invocations. */
function piece(method: UpdateMethod, n: number, { decays, rate }: Trait): { readonly declarations: string; readonly statements: string } {
  const slots = ['a', 'b'].slice(0, slotCount[method]);
  const names = [`gradient${n}`, `weights${n}`, ...slots.map((slot) => `${slot}${n}`)];
  const first = 2 + n * names.length;
  const access = (name: string) => (name === `gradient${n}` ? 'read' : 'read_write');
  return {
    declarations: names.map((name, i) => `@group(0) @binding(${first + i}) var<storage, ${access(name)}> ${name}: array<f32>;`).join('\n'),
    statements: `if (i < arrayLength(&weights${n})) {
    var w = weights${n}[i];
    let lr = h.lr${rate === 1 ? '' : ` * ${exact(rate)}`};
    let g = gradient${n}[i]${decays ? ' + h.weightDecay * w' : ''};
    ${slots.map((slot) => `var ${slot} = ${slot}${n}[i];`).join(' ')}
    ${rules[method]}
    weights${n}[i] = w;
    ${slots.map((slot) => `${slot}${n}[i] = ${slot};`).join(' ')}
    return;
  }
  i -= arrayLength(&weights${n});`,
  };
}

/** Reads the step's hyperparameters from its row of the table, so that a replayed step sees its own. */
function wgsl(method: UpdateMethod, traits: readonly Trait[]): string {
  const pieces = traits.map((trait, n) => piece(method, n, trait));
  return /* wgsl */ `
// optimizer update
struct Hyper { ${hyperFields.map((field) => `${field}: f32`).join(', ')} }
@group(0) @binding(0) var<storage, read> row: array<i32>;
@group(0) @binding(1) var<storage, read> table: array<f32>;
${pieces.map(({ declarations }) => declarations).join('\n')}
${flatIndex}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  var i = flatIndex(group, groups, local);
  let at = u32(row[0]) * ${hyperFields.length}u;
  let h = Hyper(${hyperFields.map((_, i) => `table[at + ${i}u]`).join(', ')});
  ${pieces.map(({ statements }) => statements).join('\n  ')}
}`;
}

/** Writes the new values into the variables' own buffers: a capture follows the buffers. Several parameters share a launch. */
setKernel({
  kernelName: KernelName.applyUpdates,
  backendName: 'webgpu',
  kernelFunc({ inputs, backend, attrs }) {
    const gpu = backend as CapturableBackend;
    const tensors = inputs as Readonly<Record<string, tf.TensorInfo | undefined>>;
    const { method, decays, rates, ...values } = attrs as unknown as UpdateValues & {
      method: UpdateMethod;
      decays: boolean[];
      rates: number[];
    };
    const traits = decays.map((decay, n): Trait => ({ decays: decay, rate: rates[n] ?? 1 }));
    const table = StepTable.current ?? StepTable.of(gpu, values);
    const { maxStorageBuffersPerShaderStage } = gpu.device.limits;
    const together = Math.floor((Math.min(MOST_BUFFERS, maxStorageBuffersPerShaderStage) - 2) / (2 + slotCount[method]));
    for (let from = 0; from < traits.length; from += together) {
      const numbers = traits.slice(from, from + together).map((_, k) => from + k);
      const bound = numbers.flatMap((n) =>
        [`gradient${n}`, `parameter${n}`, `slot0${n}`, `slot1${n}`].flatMap((name) => tensors[name] ?? []),
      );
      const size = numbers.reduce((sum, n) => sum + (tensors[`parameter${n}`]?.shape.reduce((a, b) => a * b, 1) ?? 0), 0);
      const source = wgsl(method, traits.slice(from, from + together));
      launch(gpu, source, [table.row, table.table, ...bound], workgroupsFor(size));
    }
    if (table !== StepTable.current) table.dispose();
    return [];
  },
});
