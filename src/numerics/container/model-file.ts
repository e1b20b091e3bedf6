/**
 * The model file: what a compressed network takes to store, to the bit. The ledger is counted while the file is written.
 *
 * Layout, little endian (varint = LEB128, u8/u16/u32 = unsigned integers):
 *
 *   'FEWB'  u16 version  u16 tensor count
 *   varint length of the notes, notes (JSON object, UTF-8)
 *   for each tensor:  u8 length of name, name (UTF-8)  u8 role  u8 encoding  u8 rank  varint for each dimension
 *                     and, for encodings 1 and 2: u8 bits; 3, 4 and 6: u8 bits, granularity;
 *                     5: u8 bits, granularity, varint codebooks, varint levels of a codebook; 7: u8 format; 8 and 9: u8 format, granularity;
 *                     10, composed: u8 support, u8 coder, u8 encoding 0 … 9 and what follows it in the head
 *   for each tensor:  encoding 0: float32 values
 *                     encoding 1: float32 scale, packed codes
 *                     encoding 2: float32 scale, packed zero-point, packed codes
 *                     encoding 3, 4: as 1 and 2 with a scale, and a zero-point, for each block of the granularity
 *                     encoding 5: float32 levels, codebook after codebook, packed unsigned codes
 *                     encoding 6: float32 basis, `bits` for each block, packed unsigned codes
 *                     encoding 7: packed bit patterns
 *                     encoding 8: u8 shared exponent + 127 for each block, packed bit patterns
 *                     encoding 9: u8 shared scale, an e4m3fn pattern, for each block, packed bit patterns
 *                     encoding 10: the sections of the support, then those of the encoding, but only with the entries that the
 *                                  support stores, in its order, and with codes as the coder writes them
 *   u32 CRC-32 of all bytes before it
 *
 * Role: 0 weight, 1 bias, 2 statistic, 3 range of activations. Granularity: u8 0 tensor, 1 channel, and with a varint 2 channels in a group, 3 inputs in a
 * block, 4 axis. Format: 0 fp16, 1 bf16, 2 e4m3fn, 3 e4m3, 4 e5m2, 5 e2m3, 6 e3m2, 7 e2m1, 8 int8 (× 2^−6).
 * Support: 0 dense, nothing, every element is stored; 1 bitmask, a bit for each element, 1 kept, the first in the lowest bit of the first
 * byte, padded with zeros to a whole byte: the kept elements are stored, in the order of the tensor. Blocks are those of the whole tensor.
 * 2 relative index, 3 CSR, 4 CSC: the sections are described in supports/relative.ts and supports/compressed-sparse.ts.
 * Coder: 0 packed, as without one; 1 Huffman, described in coders/huffman.ts. It writes the codes, and the positions of supports 2 to 4.
 * Support 0 with coder 0 is never written as composed.
 * Codes and zero-points are packed as `packBits` says, each array padded to a whole byte. The granularity 'tensor' reads as none.
 */

import { crc32 } from '../coding/checksums';
import type { Ledger, LedgerKind, LedgerPart } from '../measures/ledger';
import { ByteReader, ModelFileError } from './byte-reader';
import { decodeEncoding, tensorProblem } from './encoding';
import { pushVarint } from './head-bytes';
import { type Entry, pushEntry, readEntry } from './model-file-entry';
import { payloadOf, readPayload } from './model-file-payload';
import { sizeOf } from './section';
import type { StoredTensor } from './stored-tensor';

const MAGIC = 'FEWB';
const VERSION = 1;
const CHECKSUM_BYTES = 4;
/**
 * Elements of all tensors together; models have at most 5,000,000 weights. A sparse file of a few bytes may describe many; reading this many
 * takes less than 256 MB.
 */
const MAX_ELEMENTS = 2 ** 23 - 1;

/** What a model is compared with. */
export interface OriginalSize {
  /** Its weights. */
  readonly weights: number;
  /** All its numbers: weights, biases, statistics. */
  readonly numbers: number;
}

/**
 * Writes a model file.
 * @param meta short notes, stored as JSON
 * @param original the model that the ledger compares with, where it is larger than these tensors: neurons were removed, for example
 * @returns the file and its ledger; the ledger's parts sum to exactly `bytes.length × 8` bits
 * @throws RangeError if a tensor cannot be stored: wrong length, a code that does not fit, a scale that is not finite, a code other than
 * 0 at a pruned position, a name used twice
 */
export function writeModelFile(
  meta: object,
  tensors: readonly StoredTensor[],
  original?: OriginalSize,
): { readonly bytes: Uint8Array; readonly ledger: Ledger } {
  const chunks: Uint8Array[] = [];
  const parts: LedgerPart[] = [];
  const put = (chunk: Uint8Array, name: string, kind: LedgerKind, tensor: string) => {
    chunks.push(chunk);
    parts.push({ name, kind, tensor, bits: chunk.length * 8 });
  };

  for (const tensor of tensors) {
    const problem = tensorProblem(tensor);
    if (problem) throw new RangeError(problem);
  }
  if (elementsOf(tensors) > MAX_ELEMENTS) throw new RangeError(tooMany(elementsOf(tensors)));
  put(headerBytes(meta, tensors), 'header: notes, names and shapes', 'header', '');
  for (const tensor of tensors) {
    for (const { bytes, name, kind } of payloadOf(tensor)) put(bytes, name, kind, tensor.name);
  }

  put(new Uint8Array(CHECKSUM_BYTES), 'checksum', 'header', '');
  const bytes = joined(chunks);
  const end = bytes.length - CHECKSUM_BYTES;
  new DataView(bytes.buffer).setUint32(end, crc32(bytes.subarray(0, end)), true);
  const { weights, numbers } = original ?? sizes(tensors);
  return { bytes, ledger: { weights, denseBits: numbers * 32, totalBits: bytes.length * 8, parts } };
}

/**
 * Reads what `writeModelFile` wrote.
 * @throws ModelFileError, with a sentence, for anything that is not a whole and undamaged model file of this version
 */
export function readModelFile(given: Uint8Array): { readonly meta: Record<string, unknown>; readonly tensors: readonly StoredTensor[] } {
  // Node's Buffer is a Uint8Array whose slices share its memory: what is read would be of other bytes.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
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
  if (elementsOf(entries) > MAX_ELEMENTS) throw new ModelFileError(tooMany(elementsOf(entries)));
  const tensors = entries.map((entry) => readPayload(body, entry));
  if (body.remaining > 0) throw new ModelFileError(`The model file is damaged: ${body.remaining} bytes follow the last tensor.`);
  return { meta, tensors };
}

/** The values that a stored tensor represents, in float32 arithmetic, exactly 0 where it is pruned. A new array. */
export function decodeTensor({ encoding, shape, support }: StoredTensor): Float32Array {
  const values = decodeEncoding(encoding, shape);
  if (support) for (let i = 0; i < values.length; i++) if (support.kept[i] === 0) values[i] = 0;
  return values;
}

function elementsOf(tensors: readonly { readonly shape: readonly number[] }[]): number {
  return tensors.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

function tooMany(elements: number): string {
  return `A model file holds at most ${MAX_ELEMENTS.toLocaleString('en-US')} numbers, not ${elements.toLocaleString('en-US')}.`;
}

function sizes(tensors: readonly StoredTensor[]): OriginalSize {
  let weights = 0;
  let numbers = 0;
  for (const { role, shape } of tensors) {
    if (role === 'weight') weights += sizeOf(shape);
    if (role !== 'range') numbers += sizeOf(shape);
  }
  return { weights, numbers };
}

function headerBytes(meta: object, tensors: readonly StoredTensor[]): Uint8Array {
  if (tensors.length > 0xffff) throw new RangeError(`A model file holds at most 65,535 tensors, not ${tensors.length}.`);
  if (new Set(tensors.map((tensor) => tensor.name)).size !== tensors.length) throw new RangeError('Two tensors have the same name.');
  const notes = new TextEncoder().encode(JSON.stringify(meta));
  const out = [...MAGIC].map((letter) => letter.charCodeAt(0));
  out.push(VERSION & 0xff, VERSION >> 8, tensors.length & 0xff, tensors.length >> 8);
  pushVarint(out, notes.length);
  for (const byte of notes) out.push(byte);
  for (const tensor of tensors) pushEntry(out, tensor);
  return Uint8Array.from(out);
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

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((a, chunk) => a + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}
