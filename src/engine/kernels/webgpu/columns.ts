/** Sums and other reductions over the rows of an array, column by column, in an order that never depends on timing. */
import type * as tf from '@tensorflow/tfjs-core';
import type { CapturableBackend } from '../../device/capturable-backend';
import { emptyTensor, launch } from '../../device/gpu-program';

/** A workgroup is 32 columns wide and has 8 invocations for the rows of each. */
const WIDTH = 32;
const LANES = 8;
/** Up to this many rows are reduced in one launch; more are cut into blocks of at least half as many, which a second one joins. */
const ONE_LAUNCH = 1024;
const MOST_BLOCKS = 1024;

const words = { f32: 1, u32: 1, vec2f: 2, vec4f: 4 } as const;

type Tensors = Readonly<Record<string, tf.TensorInfo>>;

/**
 * What to do with the columns of an array of shape [..., columns], seen as rows × columns. The pieces of WGSL use the tensors
 * by name, as arrays of f32; sizes come from the arrays' lengths, so that one pipeline serves all shapes.
 */
export interface ColumnReduction {
  /** What it computes, for the profile. */
  readonly name: string;
  /** WGSL type of the running value, and its value for no rows. */
  readonly type: keyof typeof words;
  readonly zero: string;
  /** Statements that put element `i` (of `row` and `column`) into `acc`. */
  readonly term: string;
  /** Function body: from `a` and `b`, what represents the rows of both. */
  readonly merge: string;
  /** Tensors that `term` reads, the first of the array's shape; and tensors of that shape that it writes. */
  readonly reads: Tensors;
  readonly writes?: Tensors;
  /** Statements that store the `acc` of `column`, and the tensors that they change, the first of length columns. */
  readonly finish: string;
  readonly results: Tensors;
}

/** Runs a reduction, in one launch for few rows, in two for many. */
export function reduceColumns(gpu: CapturableBackend, reduction: ColumnReduction): void {
  const { type, reads } = reduction;
  const { rows, columns } = asRows((Object.values(reads)[0] as tf.TensorInfo).shape);
  const blocks = rows <= ONE_LAUNCH ? 1 : Math.ceil(rows / Math.max(ONE_LAUNCH / 2, Math.ceil(rows / MOST_BLOCKS)));
  if (blocks === 1) {
    reduceBlocks(gpu, reduction, columns, 1);
    return;
  }
  const partial = emptyTensor(gpu, [blocks, columns * words[type]]);
  const store = 'partial[block * columns + column] = acc;';
  reduceBlocks(gpu, { ...reduction, finish: store, results: { partial } }, columns, blocks);
  reduceBlocks(gpu, { ...reduction, reads: { partial }, writes: {}, term: 'acc = merged(acc, partial[i]);' }, columns, 1);
  gpu.disposeData(partial.dataId);
}

/**
 * One launch: each block of rows by itself; `finish` runs for every `block` and column, and the first of `results` has
 * blocks × columns elements.
 * @param height rows in a block; if absent, equal shares
 */
export function reduceBlocks(gpu: CapturableBackend, reduction: ColumnReduction, columns: number, blocks: number, height?: number): void {
  const { type, reads, writes = {}, results } = reduction;
  const changed = { ...writes, ...results };
  const declarations = [...Object.keys(reads), ...Object.keys(changed)].map((name, binding) => {
    const access = name in changed ? 'read_write' : 'read';
    return `@group(0) @binding(${binding}) var<storage, ${access}> ${name}: array<${name === 'partial' ? type : 'f32'}>;`;
  });
  const rowsOf = `arrayLength(&${Object.keys(reads)[0]}) / columns`;
  const columnsOf = `arrayLength(&${Object.keys(results)[0]}) / groups.y`;
  const source = wgsl(reduction, declarations.join('\n'), rowsOf, columnsOf, height);
  launch(gpu, source, [...Object.values(reads), ...Object.values(changed)], [Math.ceil(columns / WIDTH), blocks, 1]);
}

const wgsl = (
  { name, type, zero, term, merge, finish }: ColumnReduction,
  declarations: string,
  rows: string,
  columns: string,
  height?: number,
) => /* wgsl */ `
// ${name}
${declarations}
var<workgroup> lanes: array<${type}, ${WIDTH * LANES}>;
fn merged(a: ${type}, b: ${type}) -> ${type} { ${merge} }
@compute @workgroup_size(${WIDTH}, ${LANES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_id) id: vec3u) {
  let columns = ${columns};
  let rows = ${rows};
  let height = ${height === undefined ? '(rows + groups.y - 1u) / groups.y' : `${height}u`};
  let column = group.x * ${WIDTH}u + id.x;
  let block = group.y;
  let end = min((block + 1u) * height, rows);
  let lane = id.y * ${WIDTH}u + id.x;
  var acc = ${zero};
  if (column < columns) {
    for (var row = block * height + id.y; row < end; row += ${LANES}u) {
      let i = row * columns + column;
      ${term}
    }
  }
  lanes[lane] = acc;
  workgroupBarrier();
  for (var half = ${LANES / 2}u; half > 0u; half >>= 1u) {
    if (id.y < half) { lanes[lane] = merged(lanes[lane], lanes[lane + half * ${WIDTH}u]); }
    workgroupBarrier();
  }
  if (id.y == 0u && column < columns) {
    acc = lanes[lane];
    ${finish}
  }
}`;

/** An array of any rank as rows of its last axis. */
export function asRows(shape: readonly number[]): { readonly rows: number; readonly columns: number } {
  const columns = shape.at(-1) ?? 1;
  return { rows: shape.slice(0, -1).reduce((a, b) => a * b, 1), columns };
}
