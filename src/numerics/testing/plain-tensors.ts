/** For the test of old bytes: tensors of every encoding that must be written as ever. They depend on a seed alone, on no library. */

import type { StoredRole } from '../container/section';
import type { Encoding, StoredTensor } from '../container/stored-tensor';
import { elementOf } from '../formats/element';
import type { ElementId } from '../formats/number-format';
import { type Granularity, scaleGrid } from '../scales/scale-grid';

const ROLES: readonly StoredRole[] = ['weight', 'bias', 'statistic', 'range'];
const ELEMENTS: readonly ElementId[] = ['fp16', 'bf16', 'e4m3fn', 'e4m3', 'e5m2', 'e2m3', 'e3m2', 'e2m1', 'int8'];
const GRANULARITIES: readonly Granularity[] = ['tensor', 'channel', { channels: 2 }, { inputs: 3 }, { axis: 0 }];
const SHAPES: readonly (readonly number[])[] = [[7], [5, 4], [3, 2, 4], [2, 3, 2, 5]];

/** A tensor of each encoding and granularity, with shapes, roles, widths and numbers that the seed draws. */
export function plainTensors(seed: number): StoredTensor[] {
  const draw = drawsFrom(seed);
  const kinds = ['float32', 'uniform', 'zero-points', 'codebook', 'codebooks', 'basis', 'format', 'exponents', 'fp8-scales'];
  return GRANULARITIES.flatMap((granularity, i) =>
    kinds.map((kind): StoredTensor => {
      const shape = SHAPES[draw(SHAPES.length)] as readonly number[];
      const role = ROLES[draw(ROLES.length)] as StoredRole;
      return { name: `layer${i}/${kind}`, role, shape, encoding: encodingOf(kind, shape, granularity, draw) };
    }),
  );
}

type Draw = (below: number) => number;

function encodingOf(kind: string, shape: readonly number[], granularity: Granularity, draw: Draw): Encoding {
  const count = shape.reduce((a, b) => a * b, 1);
  const blocks = scaleGrid(shape, granularity).scales;
  const floats = (n: number) => Float32Array.from({ length: n }, () => (draw(4001) - 2000) / 512);
  const integers = (n: number, below: number, first = 0) => Int32Array.from({ length: n }, () => first + draw(below));
  const bits = 1 + draw(24);
  const [few, element] = [1 + draw(4), ELEMENTS[draw(ELEMENTS.length)] as ElementId];
  const patterns = { kind: 'format' as const, format: element, bits: elementOf(element).bits };
  const codes = integers(count, 2 ** patterns.bits);
  switch (kind) {
    case 'float32':
      return { kind: 'float32', values: floats(count) };
    case 'uniform':
    case 'zero-points': {
      const signed = (n: number) => integers(n, 2 ** bits, -(2 ** (bits - 1)));
      const zeroPoints = kind === 'uniform' ? {} : { zeroPoints: signed(blocks) };
      return { kind: 'uniform', bits, codes: signed(count), scales: floats(blocks), ...zeroPoints, granularity };
    }
    case 'codebook':
    case 'codebooks': {
      const [codebooks, length] = [kind === 'codebook' ? 1 : blocks, 1 + draw(2 ** few)];
      return { kind: 'codebook', bits: few, codes: integers(count, length), levels: floats(codebooks * length), codebooks, granularity };
    }
    case 'basis':
      return { kind: 'basis', bits: few, codes: integers(count, 2 ** few), basis: floats(blocks * few), granularity };
    case 'exponents':
      return { ...patterns, codes, exponents: integers(blocks, 255, -127), granularity };
    case 'fp8-scales':
      return { ...patterns, codes, fp8Scales: integers(blocks, 127), granularity };
    default:
      return { ...patterns, codes };
  }
}

/** Marsaglia's xorshift of 32 bits. */
function drawsFrom(seed: number): Draw {
  let state = (seed * 2654435761) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
