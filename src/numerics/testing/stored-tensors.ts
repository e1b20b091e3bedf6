import fc from 'fast-check';
import { codeRange } from '../coding/pack-bits';
import type { StoredRole } from '../container/section';
import { type CoderId, type Encoding, type StoredTensor, type Support, type WithoutKept, withSupport } from '../container/stored-tensor';
import { elementOf } from '../formats/element';
import type { ElementId } from '../formats/number-format';
import { formats } from '../formats/number-format';
import { type Granularity, scaleGrid } from '../scales/scale-grid';

/** Stored tensors of every encoding, as a model file gives them back: the granularity 'tensor' is left out. */

const float = fc.float({ noNaN: true });
const finite = fc.float({ noNaN: true, noDefaultInfinity: true });

function granularities(shape: readonly number[]): fc.Arbitrary<Granularity | undefined> {
  const group = fc.integer({ min: 1, max: 7 });
  return fc.oneof(
    fc.constant(undefined),
    fc.constant<Granularity>('channel'),
    group.map((channels): Granularity => ({ channels })),
    group.map((inputs): Granularity => ({ inputs })),
    ...(shape.length > 0 ? [fc.nat(shape.length - 1).map((axis): Granularity => ({ axis }))] : []),
  );
}

const floats = (n: number, of = finite) => fc.array(of, { minLength: n, maxLength: n }).map((list) => Float32Array.from(list));
const integers = (n: number, limits: { min: number; max: number }) =>
  fc.array(fc.integer(limits), { minLength: n, maxLength: n }).map((list) => Int32Array.from(list));
const unsigned = (n: number, bits: number) => integers(n, { min: 0, max: 2 ** bits - 1 });

/** Encodings of a tensor of this shape. */
export function encodingsOf(shape: readonly number[]): fc.Arbitrary<Encoding> {
  const count = shape.reduce((a, b) => a * b, 1);
  const float32 = floats(count, float).map((values): Encoding => ({ kind: 'float32', values }));
  const coded = granularities(shape).chain((granularity): fc.Arbitrary<Encoding> => {
    const blocks = scaleGrid(shape, granularity ?? 'tensor').scales;
    const cut = granularity ? { granularity } : {};
    const uniform = fc.integer({ min: 1, max: 24 }).chain((bits) =>
      fc.tuple(integers(count, codeRange(bits)), floats(blocks), fc.option(integers(blocks, codeRange(bits)))).map(
        ([codes, scales, zeroPoints]): Encoding => ({
          kind: 'uniform',
          bits,
          codes,
          scales,
          ...(zeroPoints && { zeroPoints }),
          ...cut,
        }),
      ),
    );
    const codebook = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom(1, blocks)).chain(([bits, codebooks]) =>
      fc
        .integer({ min: 1, max: 2 ** bits })
        .chain((length) => fc.tuple(integers(count, { min: 0, max: length - 1 }), floats(length * codebooks)))
        .map(([codes, levels]): Encoding => ({ kind: 'codebook', bits, codes, levels, codebooks, ...cut })),
    );
    const basis = fc
      .integer({ min: 1, max: 4 })
      .chain((bits) => fc.tuple(fc.constant(bits), unsigned(count, bits), floats(blocks * bits)))
      .map(([bits, codes, numbers]): Encoding => ({ kind: 'basis', bits, codes, basis: numbers, ...cut }));
    const ids: readonly ElementId[] = ['int8', ...(Object.keys(formats) as (keyof typeof formats)[]).filter((id) => id !== 'fp32')];
    const format = fc.constantFrom(...ids).chain((id) => {
      const { bits } = elementOf(id);
      const shared = fc.oneof(
        fc.constant({}),
        integers(blocks, { min: -127, max: 127 }).map((exponents) => ({ exponents, ...cut })),
        integers(blocks, { min: 0, max: 126 }).map((fp8Scales) => ({ fp8Scales, ...cut })),
      );
      return fc
        .tuple(unsigned(count, bits), shared)
        .map(([codes, scales]): Encoding => ({ kind: 'format', format: id, bits, codes, ...scales }));
    });
    return fc.oneof(uniform, codebook, basis, format);
  });
  return fc.oneof({ weight: 1, arbitrary: float32 }, { weight: 4, arbitrary: coded });
}

const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 });
const body = shapes.chain((shape) =>
  fc.record({
    role: fc.constantFrom<StoredRole>('weight', 'bias', 'statistic'),
    shape: fc.constant(shape),
    encoding: encodingsOf(shape),
  }),
);

/** Up to six tensors with different names. */
export const storedTensors = named(body);

/** Up to six tensors, some of which are pruned: at random, entirely, or not at all. Which are kept is said by a bitmask. */
export const prunedTensors = pruned(fc.constant({ kind: 'bitmask' }), fc.constant(undefined));

/** The same with any support and any coder. */
export const sparseTensors = pruned(
  fc.oneof(
    fc.constantFrom<WithoutKept<Support>>({ kind: 'bitmask' }, { kind: 'csr' }, { kind: 'csc' }),
    fc.integer({ min: 1, max: 16 }).map((bits): WithoutKept<Support> => ({ kind: 'relative', bits })),
  ),
  fc.constantFrom<CoderId | undefined>(undefined, 'huffman'),
);

function pruned(supports: fc.Arbitrary<WithoutKept<Support>>, coders: fc.Arbitrary<CoderId | undefined>): fc.Arbitrary<StoredTensor[]> {
  const tensors = body.chain((tensor) => {
    const count = tensor.shape.reduce((a, b) => a * b, 1);
    const marks = (mark: fc.Arbitrary<number>) => fc.array(mark, { minLength: count, maxLength: count });
    const kept = fc.option(fc.oneof({ weight: 3, arbitrary: marks(fc.nat(1)) }, marks(fc.constant(0)), marks(fc.constant(1))), { freq: 4 });
    return fc.tuple(kept, supports, coders).map(
      ([kept, support, coder]): Omit<StoredTensor, 'name'> => ({
        ...tensor,
        ...(kept && withSupport(tensor.encoding, Uint8Array.from(kept), support)),
        ...(coder && { coder }),
      }),
    );
  });
  return named(tensors);
}

function named(bodies: fc.Arbitrary<Omit<StoredTensor, 'name'>>): fc.Arbitrary<StoredTensor[]> {
  return fc
    .array(fc.tuple(fc.string({ maxLength: 12, unit: 'grapheme' }), bodies), { maxLength: 6 })
    .map((list) => list.map(([name, tensor], i) => ({ name: `${i}${name}`, ...tensor })));
}

/** Notes of a model file. */
export const notes = fc.dictionary(
  fc.string().filter((key) => key !== '__proto__'),
  fc.oneof(fc.string(), fc.integer(), fc.boolean()),
  { maxKeys: 4, noNullPrototype: true },
);
