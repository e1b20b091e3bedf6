/** What is wrong with a stored tensor, in a sentence. */
import { MAX_BITS } from './pack-bits';
import { scaleGrid } from './scale-grid';
import type { Encoding } from './stored-tensor';

type Coded = Exclude<Encoding, { readonly kind: 'float32' }>;

/** Shared exponents of MX formats: 8 bits, 127 added; 255 would mean NaN (E8M0). */
export const EXPONENT_BIAS = 127;

/** The bit pattern of the largest fp8 e4m3fn number; the next one is NaN, and beyond it are the negative ones. */
const LARGEST_FP8 = 126;

/** Numbers in the tensor: the product of its dimensions. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

/** Number of blocks that have numbers of their own. @throws RangeError if the granularity does not fit the shape */
export function blockCount({ granularity = 'tensor' }: Coded, shape: readonly number[]): number {
  return scaleGrid(shape, granularity).scales;
}

/** Why a tensor of this shape cannot be stored so, as a sentence that begins with its name; undefined if it can. */
export function encodingProblem(name: string, shape: readonly number[], encoding: Encoding): string | undefined {
  const held = encoding.kind === 'float32' ? encoding.values.length : encoding.codes.length;
  if (!shape.every((n) => Number.isInteger(n) && n > 0) || held !== sizeOf(shape))
    return `${name} has the shape ${shape.join(' × ')} but holds ${plural(held, 'number')}.`;
  if (encoding.kind === 'float32') return undefined;
  if (!Number.isInteger(encoding.bits) || encoding.bits < 1 || encoding.bits > MAX_BITS)
    return `${name} has ${encoding.bits} bits; 1 to ${MAX_BITS} can be stored.`;
  try {
    return codedProblem(name, encoding, blockCount(encoding, shape));
  } catch (error) {
    return `${name} cannot be cut into blocks: ${(error as Error).message}`;
  }
}

function codedProblem(name: string, encoding: Coded, blocks: number): string | undefined {
  switch (encoding.kind) {
    case 'uniform': {
      const { scales, zeroPoints } = encoding;
      if (scales.length !== blocks) return `${name} must have ${blocks === 1 ? 'one scale' : `${blocks} scales`}, not ${scales.length}.`;
      if (zeroPoints && zeroPoints.length !== blocks) return `${name} must have ${plural(blocks, 'zero-point')}, not ${zeroPoints.length}.`;
      return notFinite(name, 'scale', scales);
    }
    case 'codebook': {
      const { levels, books, codes, bits } = encoding;
      const length = levels.length / books;
      if (books !== 1 && books !== blocks) return `${name} must have one codebook or ${blocks}, not ${books}.`;
      if (!Number.isInteger(length) || length < 1 || length > 2 ** bits)
        return `${name} has ${plural(levels.length, 'level')} in ${plural(books, 'codebook')} for codes of ${bits} bits.`;
      const beyond = codes.find((code) => code < 0 || code >= length);
      if (beyond !== undefined) return `${name} has the code ${beyond}, and its codebook ${plural(length, 'level')}.`;
      return notFinite(name, 'level', levels);
    }
    case 'basis': {
      const { basis, bits } = encoding;
      if (basis.length !== blocks * bits) return `${name} must have ${plural(blocks * bits, 'basis number')}, not ${basis.length}.`;
      return notFinite(name, 'basis number', basis);
    }
    case 'format': {
      const { exponents, fp8Scales } = encoding;
      if (exponents && fp8Scales) return `${name} has shared exponents and shared scales.`;
      if (fp8Scales && fp8Scales.length !== blocks) return `${name} must have ${plural(blocks, 'shared scale')}, not ${fp8Scales.length}.`;
      const odd = fp8Scales?.find((code) => !(code >= 0 && code <= LARGEST_FP8));
      if (odd !== undefined) return `${name} has the shared scale ${odd}; the fp8 patterns 0 to ${LARGEST_FP8} can be stored.`;
      if (!exponents) return undefined;
      if (exponents.length !== blocks) return `${name} must have ${plural(blocks, 'shared exponent')}, not ${exponents.length}.`;
      const beyond = exponents.find((exponent) => Math.abs(exponent) > EXPONENT_BIAS);
      return beyond === undefined ? undefined : `${name} has the shared exponent ${beyond}; −127 to 127 can be stored.`;
    }
  }
}

function notFinite(name: string, what: string, numbers: Float32Array): string | undefined {
  const odd = numbers.find((x) => !Number.isFinite(x));
  return odd === undefined ? undefined : `${name} has the ${what} ${odd}, not a finite number.`;
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
