/** The numbers of a tensor in a model file; the layout is in model-file.ts. */
import { type ByteReader, ModelFileError } from './byte-reader';
import { EXPONENT_BIAS, encodingProblem } from './encoding-problem';
import { float32Bytes } from './float32-bytes';
import type { LedgerKind } from './ledger';
import type { Entry } from './model-file-entry';
import { packBits, packedLength, packUnsigned, unpackBits, unpackUnsigned } from './pack-bits';
import { scaleGrid } from './scale-grid';
import type { Encoding, StoredRole, StoredTensor } from './stored-tensor';

/** A run of bytes that the ledger names. */
export interface Section {
  readonly bytes: Uint8Array;
  /** "fc1 kernel codes, 4 bits". */
  readonly name: string;
  readonly kind: LedgerKind;
}

const FLOAT_KIND: Readonly<Record<StoredRole, LedgerKind>> = { weight: 'floats', bias: 'biases', statistic: 'statistics', range: 'scales' };

/** What a tensor takes in the file, in order. @throws RangeError for a code that does not fit */
export function payloadOf({ name, role, encoding }: StoredTensor): readonly Section[] {
  const label = name.replaceAll('/', ' ');
  if (encoding.kind === 'float32') return [{ bytes: float32Bytes(encoding.values), name: `${label}, float32`, kind: FLOAT_KIND[role] }];
  const { bits } = encoding;
  const floats = (numbers: Float32Array, what: string, kind: LedgerKind): Section => ({
    bytes: float32Bytes(numbers),
    name: `${label} ${numbers.length === 1 ? what : `${what}s`}, ${several(numbers.length)}float32`,
    kind,
  });
  const codes = (bytes: Uint8Array): Section => ({ bytes, name: `${label} codes, ${bitsInWords(bits)}`, kind: 'codes' });
  switch (encoding.kind) {
    case 'uniform': {
      const { scales, zeroPoints } = encoding;
      const sections = [floats(scales, 'scale', 'scales')];
      if (zeroPoints) {
        const name = `${label} zero-point${zeroPoints.length === 1 ? '' : 's'}, ${several(zeroPoints.length)}${bitsInWords(bits)}`;
        sections.push({ bytes: packBits(zeroPoints, bits), name, kind: 'zeroPoints' });
      }
      return [...sections, codes(packBits(encoding.codes, bits))];
    }
    case 'codebook':
      return [floats(encoding.levels, 'level', 'codebook'), codes(packUnsigned(encoding.codes, bits))];
    case 'basis':
      return [floats(encoding.basis, 'basis number', 'codebook'), codes(packUnsigned(encoding.codes, bits))];
    case 'format': {
      const { exponents, fp8Scales } = encoding;
      const patterns = codes(packUnsigned(encoding.codes, bits));
      const shared = fp8Scales ?? exponents?.map((exponent) => exponent + EXPONENT_BIAS);
      if (!shared) return [patterns];
      const what = fp8Scales ? 'shared scale' : 'shared exponent';
      const name = `${label} ${what}${shared.length === 1 ? '' : 's'}, ${several(shared.length)}8 bits`;
      return [{ bytes: Uint8Array.from(shared), name, kind: 'scales' }, patterns];
    }
  }
}

/** @throws ModelFileError if what is there cannot be the payload of this entry */
export function readPayload(body: ByteReader, entry: Entry): StoredTensor {
  const { name, role, shape } = entry;
  const encoding = readEncoding(body, entry);
  const problem = encodingProblem(name, shape, encoding);
  if (problem) throw new ModelFileError(`The model file is damaged: ${problem}`);
  return { name, role, shape, encoding };
}

function readEncoding(body: ByteReader, { name, shape, count, head }: Entry): Encoding {
  const { bits } = head;
  if (head.kind === 'float32') return { kind: 'float32', values: body.float32(count, name) };
  const signed = (n: number, what: string) => unpackBits(body.take(packedLength(n, bits), what), n, bits);
  const unsigned = () => unpackUnsigned(body.take(packedLength(count, bits), name), count, bits);
  const blocks = blocksOf(name, shape, head.granularity);
  const cut = head.granularity === 'tensor' ? {} : { granularity: head.granularity };
  switch (head.kind) {
    case 'uniform': {
      const scales = body.float32(blocks, `the scale of ${name}`);
      const zeroPoints = head.hasZeroPoints ? { zeroPoints: signed(blocks, `the zero-point of ${name}`) } : {};
      return { kind: 'uniform', bits, scales, ...zeroPoints, codes: signed(count, name), ...cut };
    }
    case 'codebook': {
      const { books, bookLength } = head;
      const levels = body.float32(books * bookLength, `the codebook of ${name}`);
      return { kind: 'codebook', bits, levels, books, codes: unsigned(), ...cut };
    }
    case 'basis': {
      const basis = body.float32(blocks * bits, `the basis of ${name}`);
      return { kind: 'basis', bits, basis, codes: unsigned(), ...cut };
    }
    case 'format': {
      const { format, shared } = head;
      if (shared === 'none') return { kind: 'format', format, bits, codes: unsigned() };
      const isFp8 = shared === 'fp8Scales';
      const bytes = body.take(blocks, `the shared ${isFp8 ? 'scales' : 'exponents'} of ${name}`);
      const scales = isFp8 ? { fp8Scales: Int32Array.from(bytes) } : { exponents: Int32Array.from(bytes, (byte) => byte - EXPONENT_BIAS) };
      return { kind: 'format', format, bits, ...scales, codes: unsigned(), ...cut };
    }
  }
}

function blocksOf(name: string, shape: readonly number[], granularity: Parameters<typeof scaleGrid>[1]): number {
  try {
    return scaleGrid(shape, granularity).scales;
  } catch (error) {
    throw new ModelFileError(`The model file is damaged: ${name} cannot be cut into blocks: ${(error as Error).message}`);
  }
}

/** "300 × ", nothing for one. */
function several(n: number): string {
  return n === 1 ? '' : `${n} × `;
}

function bitsInWords(bits: number): string {
  return bits === 1 ? '1 bit' : `${bits} bits`;
}
