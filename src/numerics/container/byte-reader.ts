/** A model file that cannot be read: the message is a sentence for a person. */
export class ModelFileError extends Error {
  override readonly name = 'ModelFileError';
}

/** Reads a model file from front to back and never past its end. Numbers are little endian. */
export class ByteReader {
  private offset = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.bytes.length - this.offset;
  }

  u8(what: string): number {
    return this.view.getUint8(this.advance(1, what));
  }

  u16(what: string): number {
    return this.view.getUint16(this.advance(2, what), true);
  }

  /** Variable-length unsigned integer (LEB128): seven bits a byte, lowest first, top bit set on all bytes but the last; at most 5 bytes. */
  varint(what: string): number {
    let value = 0;
    for (let i = 0; i < 5; i++) {
      const byte = this.u8(what);
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) return value;
    }
    throw new ModelFileError(`The model file is damaged: ${what} is longer than a number can be.`);
  }

  /** A view into the file, not a copy. */
  take(length: number, what: string): Uint8Array {
    const start = this.advance(length, what);
    return this.bytes.subarray(start, start + length);
  }

  text(length: number, what: string): string {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.take(length, what));
    } catch (error) {
      if (error instanceof ModelFileError) throw error;
      throw new ModelFileError(`The model file is damaged: ${what} is not valid text.`);
    }
  }

  float32(count: number, what: string): Float32Array {
    return float32Values(this.take(count * 4, what));
  }

  private advance(length: number, what: string): number {
    if (length > this.remaining) {
      throw new ModelFileError(`The model file is damaged: ${what} needs ${length} bytes and ${this.remaining} are left.`);
    }
    const start = this.offset;
    this.offset += length;
    return start;
  }
}

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
