/**
 * The model file: what a compressed network takes to store, to the bit. The ledger is counted while the file is written.
 *
 * Layout, little endian (varint = LEB128, u8/u16/u32 = unsigned integers):
 *
 *   'FEWB'  u16 version  u16 tensor count
 *   varint length of the notes, notes (JSON object, UTF-8)
 *   for each tensor:  u8 length of name, name (UTF-8)  u8 role  u8 encoding  u8 rank  varint for each dimension
 *                     u8 bits (encodings 1 and 2)
 *   for each tensor:  encoding 0: float32 values
 *                     encoding 1: float32 scale, packed codes
 *                     encoding 2: float32 scale, packed zero-point, packed codes
 *   u32 CRC-32 of all bytes before it
 *
 * Role: 0 weight, 1 bias, 2 statistic. Codes are packed as `packBits` says and padded to a whole byte; a zero-point is a code.
 */
import { ByteReader, ModelFileError } from './byte-reader';
import { crc32 } from './crc32';
import { float32Bytes } from './float32-bytes';
import type { Ledger, LedgerKind, LedgerPart } from './ledger';
import { packBits, packedLength, unpackBits } from './pack-bits';
import type { Encoding, StoredRole, StoredTensor } from './stored-tensor';

const MAGIC = 'FEWB';
const VERSION = 1;
const CHECKSUM_BYTES = 4;
const MAX_RANK = 8;
const ROLES: readonly StoredRole[] = ['weight', 'bias', 'statistic'];
const FLOAT32 = 0;
const UNIFORM = 1;
const UNIFORM_ZERO_POINT = 2;
const FLOAT_KIND: Readonly<Record<StoredRole, LedgerKind>> = { weight: 'floats', bias: 'biases', statistic: 'statistics' };

/**
 * Writes a model file.
 * @param meta short notes, stored as JSON
 * @returns the file and its ledger; the ledger's parts sum to exactly `bytes.length × 8` bits
 * @throws RangeError if a tensor cannot be stored: wrong length, a code that does not fit, a scale that is not finite, a name used twice
 */
export function writeModelFile(meta: object, tensors: readonly StoredTensor[]): { readonly bytes: Uint8Array; readonly ledger: Ledger } {
  const chunks: Uint8Array[] = [];
  const parts: LedgerPart[] = [];
  const put = (chunk: Uint8Array, name: string, kind: LedgerKind, tensor: string) => {
    chunks.push(chunk);
    parts.push({ name, kind, tensor, bits: chunk.length * 8 });
  };

  put(headerBytes(meta, tensors), 'header: notes, names and shapes', 'header', '');
  let weights = 0;
  let numbers = 0;
  for (const { name, role, shape, encoding } of tensors) {
    const count = checkedCount(name, shape, encoding);
    numbers += count;
    if (role === 'weight') weights += count;
    const label = name.replaceAll('/', ' ');
    if (encoding.kind === 'float32') {
      put(float32Bytes(encoding.values), `${label}, float32`, FLOAT_KIND[role], name);
      continue;
    }
    const { bits, codes, scales, zeroPoints } = encoding;
    put(float32Bytes(scales), `${label} scale, float32`, 'scales', name);
    if (zeroPoints) put(packBits(zeroPoints, bits), `${label} zero-point, ${bitsInWords(bits)}`, 'zeroPoints', name);
    put(packBits(codes, bits), `${label} codes, ${bitsInWords(bits)}`, 'codes', name);
  }

  put(new Uint8Array(CHECKSUM_BYTES), 'checksum', 'header', '');
  const bytes = joined(chunks);
  const end = bytes.length - CHECKSUM_BYTES;
  new DataView(bytes.buffer).setUint32(end, crc32(bytes.subarray(0, end)), true);
  return { bytes, ledger: { weights, denseBits: numbers * 32, totalBits: bytes.length * 8, parts } };
}

/**
 * Reads what `writeModelFile` wrote.
 * @throws ModelFileError, with a sentence, for anything that is not a whole and undamaged model file of this version
 */
export function readModelFile(bytes: Uint8Array): { readonly meta: Record<string, unknown>; readonly tensors: readonly StoredTensor[] } {
  const magic = String.fromCharCode(...bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC) throw new ModelFileError('This is not a Fewbits model file: it does not begin with FEWB.');
  const body = new ByteReader(bytes.subarray(MAGIC.length, Math.max(MAGIC.length, bytes.length - CHECKSUM_BYTES)));
  const version = body.u16('the version');
  if (version !== VERSION) {
    throw new ModelFileError(`This model file has version ${version}; this program reads version ${VERSION}.`);
  }
  const end = bytes.length - CHECKSUM_BYTES;
  const checksum = new DataView(bytes.buffer, bytes.byteOffset + end, CHECKSUM_BYTES).getUint32(0, true);
  if (checksum !== crc32(bytes.subarray(0, end))) {
    throw new ModelFileError('The model file is damaged or cut short: its checksum does not match.');
  }

  const tensorCount = body.u16('the number of tensors');
  const meta = readMeta(body);
  const entries: Entry[] = [];
  for (let i = 0; i < tensorCount; i++) entries.push(readEntry(body));
  if (new Set(entries.map((entry) => entry.name)).size !== entries.length) {
    throw new ModelFileError('The model file is damaged: two tensors have the same name.');
  }
  const tensors = entries.map((entry) => readTensor(body, entry));
  if (body.remaining > 0) throw new ModelFileError(`The model file is damaged: ${body.remaining} bytes follow the last tensor.`);
  return { meta, tensors };
}

/** The values that a stored tensor stands for: scale × (code − zero-point) in float32. A new array. */
export function decodeTensor(tensor: StoredTensor): Float32Array {
  const { encoding } = tensor;
  if (encoding.kind === 'float32') return encoding.values.slice();
  const { codes } = encoding;
  const scale = encoding.scales[0] ?? 0;
  const zeroPoint = encoding.zeroPoints?.[0] ?? 0;
  const values = new Float32Array(codes.length);
  // The product of a float32 and a small integer is exact in double precision: storing it rounds once, as a float32 product does.
  // Adding 0 turns −0, the product of a scale of 0, into 0.
  for (let i = 0; i < codes.length; i++) values[i] = scale * ((codes[i] as number) - zeroPoint) + 0;
  return values;
}

interface Entry {
  readonly name: string;
  readonly role: StoredRole;
  readonly shape: readonly number[];
  readonly count: number;
  readonly encoding: number;
  readonly bits: number;
}

function headerBytes(meta: object, tensors: readonly StoredTensor[]): Uint8Array {
  if (tensors.length > 0xffff) throw new RangeError(`A model file holds at most 65,535 tensors, not ${tensors.length}.`);
  if (new Set(tensors.map((tensor) => tensor.name)).size !== tensors.length) throw new RangeError('Two tensors have the same name.');
  const notes = new TextEncoder().encode(JSON.stringify(meta));
  const out = [...MAGIC].map((letter) => letter.charCodeAt(0));
  out.push(VERSION & 0xff, VERSION >> 8, tensors.length & 0xff, tensors.length >> 8);
  pushVarint(out, notes.length);
  for (const byte of notes) out.push(byte);
  for (const { name, role, shape, encoding } of tensors) {
    const text = new TextEncoder().encode(name);
    if (text.length > 255) throw new RangeError(`The tensor name "${name}" is longer than 255 bytes.`);
    if (shape.length > MAX_RANK) throw new RangeError(`${name} has ${shape.length} dimensions; a model file allows ${MAX_RANK}.`);
    out.push(text.length, ...text, ROLES.indexOf(role), encodingNumber(encoding), shape.length);
    for (const dimension of shape) pushVarint(out, dimension);
    if (encoding.kind === 'uniform') out.push(encoding.bits);
  }
  return Uint8Array.from(out);
}

function encodingNumber(encoding: Encoding): number {
  if (encoding.kind === 'float32') return FLOAT32;
  return encoding.zeroPoints ? UNIFORM_ZERO_POINT : UNIFORM;
}

function checkedCount(name: string, shape: readonly number[], encoding: Encoding): number {
  const count = shape.reduce((a, b) => a * b, 1);
  const held = encoding.kind === 'float32' ? encoding.values.length : encoding.codes.length;
  if (!shape.every((n) => Number.isInteger(n) && n > 0) || held !== count) {
    throw new RangeError(`${name} has the shape ${shape.join(' × ')} but holds ${held} numbers.`);
  }
  if (encoding.kind === 'uniform') {
    const { scales, zeroPoints } = encoding;
    if (scales.length !== 1 || (zeroPoints && zeroPoints.length !== 1)) throw new RangeError(`${name} must have one scale.`);
    if (!Number.isFinite(scales[0])) throw new RangeError(`The scale of ${name} is ${scales[0]}, not a finite number.`);
  }
  return count;
}

function readMeta(body: ByteReader): Record<string, unknown> {
  const text = body.text(body.varint('the length of the notes'), 'the notes');
  let meta: unknown;
  try {
    meta = JSON.parse(text);
  } catch {
    throw new ModelFileError('The model file is damaged: its notes are not JSON.');
  }
  if (typeof meta !== 'object' || meta === null) throw new ModelFileError('The model file is damaged: its notes are not an object.');
  return meta as Record<string, unknown>;
}

function readEntry(body: ByteReader): Entry {
  const name = body.text(body.u8('the length of a name'), 'a tensor name');
  const role = ROLES[body.u8(`the role of ${name}`)];
  const encoding = body.u8(`the encoding of ${name}`);
  const rank = body.u8(`the rank of ${name}`);
  if (!role || encoding > UNIFORM_ZERO_POINT || rank > MAX_RANK) {
    throw new ModelFileError(`The model file is damaged: the description of ${name} is not one that this program knows.`);
  }
  const shape: number[] = [];
  for (let i = 0; i < rank; i++) shape.push(body.varint(`the shape of ${name}`));
  const bits = encoding === FLOAT32 ? 32 : body.u8(`the bits of ${name}`);
  if (encoding !== FLOAT32 && (bits < 1 || bits > 16)) throw new ModelFileError(`The model file is damaged: ${name} has ${bits} bits.`);
  const count = shape.reduce((a, b) => a * b, 1);
  // The codes of this tensor alone must fit in the bytes that are left, and a dimension of 0 is never written.
  if (count < 1 || packedLength(count, bits) > body.remaining) {
    throw new ModelFileError(`The model file is damaged: ${name} cannot have the shape ${shape.join(' × ')}.`);
  }
  return { name, role, shape, count, encoding, bits };
}

function readTensor(body: ByteReader, { name, role, shape, count, encoding, bits }: Entry): StoredTensor {
  if (encoding === FLOAT32) return { name, role, shape, encoding: { kind: 'float32', values: body.float32(count, name) } };
  const scales = body.float32(1, `the scale of ${name}`);
  if (!Number.isFinite(scales[0])) throw new ModelFileError(`The model file is damaged: the scale of ${name} is not a finite number.`);
  const readCodes = (n: number, what: string) => unpackBits(body.take(packedLength(n, bits), what), n, bits);
  if (encoding === UNIFORM) return { name, role, shape, encoding: { kind: 'uniform', bits, scales, codes: readCodes(count, name) } };
  const zeroPoints = readCodes(1, `the zero-point of ${name}`);
  return { name, role, shape, encoding: { kind: 'uniform', bits, scales, zeroPoints, codes: readCodes(count, name) } };
}

function pushVarint(out: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    out.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  out.push(rest);
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((a, chunk) => a + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}

function bitsInWords(bits: number): string {
  return bits === 1 ? '1 bit' : `${bits} bits`;
}
