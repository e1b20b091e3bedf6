import { MAX_BITS } from '../coding/pack-bits';
import { scaleGrid } from '../scales/scale-grid';
import { coderOf } from './coders/registry';
import { encodingKind } from './encodings/registry';
import { plural, sizeOf } from './section';
import type { Encoding, StoredTensor } from './stored-tensor';
import { supportKind } from './supports/registry';

/** What is wrong with a stored tensor, in a sentence. */

/** Why the tensor cannot be stored, as a sentence that begins with its name; undefined if it can. */
export function tensorProblem({ name, shape, encoding, support, coder }: StoredTensor): string | undefined {
  const problem = encodingProblem(name, shape, encoding);
  if (problem) return problem;
  try {
    coderOf(coder);
    const { kind, support: used } = supportKind(support);
    return kind.problem(name, used, shape) ?? (support && fillerProblem(name, encoding, support.kept));
  } catch (error) {
    return `${name} cannot be stored: ${(error as Error).message}`;
  }
}

/** Why a tensor of this shape cannot be stored so, whatever its support; undefined if it can. */
export function encodingProblem(name: string, shape: readonly number[], encoding: Encoding): string | undefined {
  const held = 'codes' in encoding ? encoding.codes.length : encoding.values.length;
  if (!shape.every((n) => Number.isInteger(n) && n > 0) || held !== sizeOf(shape))
    return `${name} has the shape ${shape.join(' × ')} but holds ${plural(held, 'number')}.`;
  if (!('codes' in encoding)) return encodingKind(encoding).problem(name, encoding, 1);
  if (!Number.isInteger(encoding.bits) || encoding.bits < 1 || encoding.bits > MAX_BITS)
    return `${name} has ${encoding.bits} bits; 1 to ${MAX_BITS} can be stored.`;
  try {
    return encodingKind(encoding).problem(name, encoding, scaleGrid(shape, encoding.granularity ?? 'tensor').scales);
  } catch (error) {
    return `${name} cannot be cut into blocks: ${(error as Error).message}`;
  }
}

/** A pruned element is not written, so that only a filler can be read back. */
function fillerProblem(name: string, encoding: Encoding, kept: Uint8Array): string | undefined {
  const [numbers, what] = 'codes' in encoding ? [encoding.codes, 'code'] : [encoding.values, 'value'];
  // −0 is no filler: it would be read as 0.
  for (let i = 0; i < kept.length; i++) {
    const number = numbers[i] as number;
    if (kept[i] === 0 && !Object.is(number, 0)) return `${name} has the ${what} ${number === 0 ? '−0' : number} at a pruned place, not 0.`;
  }
  return undefined;
}

/** The values that codes represent. */

/**
 * The values of an encoding, in float32 arithmetic, as if no element were pruned. A new array.
 * @param shape of the tensor; it says which codes share a scale
 */
export function decodeEncoding(encoding: Encoding, shape: readonly number[]): Float32Array {
  return encodingKind(encoding).decode(encoding, shape);
}

/**
 * The stored levels of a tensor as whole numbers that grow with the stored value, so that two inspections can be compared even where codes
 * are in no order: code − zero-point for uniform quantizers, the rank in its codebook for codebooks and bases, the pattern read as sign and
 * magnitude for floating-point formats. Null for float32, which has no levels.
 */
export function levelOrder(encoding: Encoding, shape: readonly number[]): Int32Array | null {
  return encodingKind(encoding).order(encoding, shape);
}
