/** Float32 numbers as little-endian bytes, on any machine. */

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The bytes of the numbers, four each. A copy. */
export function float32Bytes(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
  return littleEndian ? bytes : swapped(bytes);
}

/**
 * The numbers that the bytes hold. A copy; the bytes need not be aligned.
 * @throws RangeError if there are not four bytes to each number
 */
export function float32Values(bytes: Uint8Array): Float32Array {
  if (bytes.length % 4 !== 0) throw new RangeError(`${bytes.length} bytes are not a whole number of float32 numbers.`);
  const copy = bytes.slice();
  return new Float32Array((littleEndian ? copy : swapped(copy)).buffer);
}

function swapped(bytes: Uint8Array): Uint8Array {
  for (let i = 0; i < bytes.length; i += 4) bytes.subarray(i, i + 4).reverse();
  return bytes;
}
