/** WGSL and launches for reductions over the weights of one scale. */
import type * as tf from '@tensorflow/tfjs-core';
import type { CapturableBackend } from '../../device/capturable-backend';
import { launch } from '../../device/gpu-program';

/** Invocations for the weights of one scale. */
const LANES = 128;

/** What a workgroup finds out about the weights of one scale. */
export interface GroupReduction {
  /** What it computes, for the profile. */
  readonly name: string;
  /** Tensors by the names that the statements use, all of them: `x` with the weights, `scale`, `settings`, and others. */
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  readonly outputs: Readonly<Record<string, tf.TensorInfo>>;
  /** Functions that the statements use. */
  readonly functions?: string;
  /** Statements that add element `i`, of a group with scale `s`, to `acc`. */
  readonly term: string;
  /** Function body: from `a` and `b`, what represents the weights of both. */
  readonly merge: string;
  /** Statements of one invocation that write the outputs of `group` from `acc`, with `count` weights in it. */
  readonly finish: string;
}

/**
 * One workgroup for each scale, in an order that never depends on timing. The weights are outer × groups × inner;
 * settings[0] is inner.
 */
export function reduceGroups(gpu: CapturableBackend, { name, inputs, outputs, functions = '', term, merge, finish }: GroupReduction): void {
  const names = [...Object.keys(inputs), ...Object.keys(outputs)];
  const declarations = names.map((tensor, binding) => {
    const access = tensor in outputs ? 'read_write' : 'read';
    return `@group(0) @binding(${binding}) var<storage, ${access}> ${tensor}: array<f32>;`;
  });
  const source = /* wgsl */ `
// ${name}
${declarations.join('\n')}
var<workgroup> lanes: array<vec3f, ${LANES}>;
${functions}
fn merged(a: vec3f, b: vec3f) -> vec3f { ${merge} }
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) id: vec3u, @builtin(num_workgroups) ids: vec3u, @builtin(local_invocation_index) lane: u32) {
  let groups = arrayLength(&scale);
  let group = id.y * ids.x + id.x;
  if (group >= groups) { return; }
  let s = scale[group];
  let inner = u32(settings[0]);
  let count = arrayLength(&x) / groups;
  var acc = vec3f();
  for (var member = lane; member < count; member += ${LANES}u) {
    let i = ((member / inner) * groups + group) * inner + member % inner;
    ${term}
  }
  lanes[lane] = acc;
  workgroupBarrier();
  for (var half = ${LANES / 2}u; half > 0u; half >>= 1u) {
    if (lane < half) { lanes[lane] = merged(lanes[lane], lanes[lane + half]); }
    workgroupBarrier();
  }
  if (lane == 0u) {
    acc = lanes[0];
    ${finish}
  }
}`;
  const groups = (inputs.scale as tf.TensorInfo).shape[0] ?? 0;
  const width = Math.min(groups, 32_768);
  launch(gpu, source, [...Object.values(inputs), ...Object.values(outputs)], [width, Math.ceil(groups / width), 1]);
}
