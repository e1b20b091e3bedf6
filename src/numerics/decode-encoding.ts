/** The values that codes stand for. */
import { encodingKind } from './encodings/registry';
import type { Encoding } from './stored-tensor';

/**
 * The values of an encoding, in float32 arithmetic, as if no element were pruned. A new array.
 * @param shape of the tensor; it says which codes share a scale
 */
export function decodeEncoding(encoding: Encoding, shape: readonly number[]): Float32Array {
  return encodingKind(encoding).decode(encoding, shape);
}
