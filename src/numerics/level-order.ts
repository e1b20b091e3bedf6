import { encodingKind } from './encodings/registry';
import type { Encoding } from './stored-tensor';

/**
 * The stored levels of a tensor as whole numbers that grow with the stored value, so that two looks can be compared even where codes
 * are in no order: code − zero-point for uniform quantizers, the rank in its book for codebooks and bases, the pattern read as sign and
 * magnitude for floating-point formats. Null for float32, which has no levels.
 */
export function levelOrder(encoding: Encoding, shape: readonly number[]): Int32Array | null {
  return encodingKind(encoding).order(encoding, shape);
}
