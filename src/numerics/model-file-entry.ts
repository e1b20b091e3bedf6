/** The description of a tensor in the head of a model file; the layout is in model-file.ts. */
import { type ByteReader, ModelFileError } from './byte-reader';
import { elementOf } from './element';
import { sizeOf } from './encoding-problem';
import { MAX_BITS, packedLength } from './pack-bits';
import type { Granularity } from './scale-grid';
import type { ElementId, Encoding, StoredRole, StoredTensor } from './stored-tensor';

/** What the codes of a tensor mean, apart from the numbers. */
export type EncodingHead =
  | { readonly kind: 'float32'; readonly bits: 32 }
  | { readonly kind: 'uniform'; readonly bits: number; readonly hasZeroPoints: boolean; readonly granularity: Granularity }
  | {
      readonly kind: 'codebook';
      readonly bits: number;
      readonly books: number;
      readonly bookLength: number;
      readonly granularity: Granularity;
    }
  | { readonly kind: 'basis'; readonly bits: number; readonly granularity: Granularity }
  | {
      readonly kind: 'format';
      readonly bits: number;
      readonly format: ElementId;
      readonly shared: 'none' | 'exponents' | 'fp8Scales';
      readonly granularity: Granularity;
    };

export interface Entry {
  readonly name: string;
  readonly role: StoredRole;
  readonly shape: readonly number[];
  readonly count: number;
  readonly head: EncodingHead;
}

const MAX_RANK = 8;
const ROLES: readonly StoredRole[] = ['weight', 'bias', 'statistic', 'range'];
/** The numbers of encodings, roles, granularities and formats are part of the layout: new ones come last. */
const FORMATS: readonly ElementId[] = ['fp16', 'bf16', 'e4m3fn', 'e4m3', 'e5m2', 'e2m3', 'e3m2', 'e2m1', 'int8'];
const FLOAT32 = 0;
const UNIFORM = 1;
const UNIFORM_ZERO_POINT = 2;
const UNIFORM_BLOCKS = 3;
const UNIFORM_BLOCKS_ZERO_POINTS = 4;
const CODEBOOK = 5;
const BASIS = 6;
const FORMAT = 7;
const FORMAT_EXPONENTS = 8;
const FORMAT_FP8_SCALES = 9;
const LAST = FORMAT_FP8_SCALES;

/**
 * Appends the description of a tensor that can be stored.
 * @throws RangeError if its name or its rank is too long
 */
export function pushEntry(out: number[], { name, role, shape, encoding }: StoredTensor): void {
  const text = new TextEncoder().encode(name);
  if (text.length > 255) throw new RangeError(`The tensor name "${name}" is longer than 255 bytes.`);
  if (shape.length > MAX_RANK) throw new RangeError(`${name} has ${shape.length} dimensions; a model file allows ${MAX_RANK}.`);
  out.push(text.length, ...text, ROLES.indexOf(role), encodingNumber(encoding), shape.length);
  for (const dimension of shape) pushVarint(out, dimension);
  pushHead(out, encoding);
}

function encodingNumber(encoding: Encoding): number {
  switch (encoding.kind) {
    case 'float32':
      return FLOAT32;
    case 'uniform': {
      const { zeroPoints, granularity = 'tensor' } = encoding;
      if (granularity === 'tensor') return zeroPoints ? UNIFORM_ZERO_POINT : UNIFORM;
      return zeroPoints ? UNIFORM_BLOCKS_ZERO_POINTS : UNIFORM_BLOCKS;
    }
    case 'codebook':
      return CODEBOOK;
    case 'basis':
      return BASIS;
    case 'format':
      if (encoding.fp8Scales) return FORMAT_FP8_SCALES;
      return encoding.exponents ? FORMAT_EXPONENTS : FORMAT;
  }
}

function pushHead(out: number[], encoding: Encoding): void {
  if (encoding.kind === 'float32') return;
  const { granularity = 'tensor' } = encoding;
  if (encoding.kind === 'format') {
    out.push(FORMATS.indexOf(encoding.format));
    if (encoding.exponents ?? encoding.fp8Scales) pushGranularity(out, granularity);
    return;
  }
  out.push(encoding.bits);
  if (encoding.kind === 'uniform') {
    if (granularity !== 'tensor') pushGranularity(out, granularity);
    return;
  }
  pushGranularity(out, granularity);
  if (encoding.kind !== 'codebook') return;
  pushVarint(out, encoding.books);
  pushVarint(out, encoding.levels.length / encoding.books);
}

function pushGranularity(out: number[], granularity: Granularity): void {
  if (granularity === 'tensor') out.push(0);
  else if (granularity === 'channel') out.push(1);
  else {
    const [kind, n] =
      'channels' in granularity ? [2, granularity.channels] : 'inputs' in granularity ? [3, granularity.inputs] : [4, granularity.axis];
    out.push(kind);
    pushVarint(out, n);
  }
}

/** Appends a variable-length unsigned integer, as `ByteReader.varint` reads it. */
export function pushVarint(out: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    out.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  out.push(rest);
}

/** @throws ModelFileError if it is not a description that `pushEntry` writes, or the file is too short for its codes */
export function readEntry(body: ByteReader): Entry {
  const name = body.text(body.u8('the length of a name'), 'a tensor name');
  const role = ROLES[body.u8(`the role of ${name}`)];
  const encoding = body.u8(`the encoding of ${name}`);
  const rank = body.u8(`the rank of ${name}`);
  if (!role || encoding > LAST || rank > MAX_RANK) throw unknown(name);
  const shape: number[] = [];
  for (let i = 0; i < rank; i++) shape.push(body.varint(`the shape of ${name}`));
  const head = readHead(body, name, encoding);
  if (head.bits < 1 || (head.kind !== 'float32' && head.bits > MAX_BITS))
    throw new ModelFileError(`The model file is damaged: ${name} has ${head.bits} bits.`);
  const count = sizeOf(shape);
  // The codes of this tensor alone must fit in the bytes that are left, and a dimension of 0 is never written.
  if (count < 1 || packedLength(count, head.bits) > body.remaining)
    throw new ModelFileError(`The model file is damaged: ${name} cannot have the shape ${shape.join(' × ')}.`);
  return { name, role, shape, count, head };
}

function readHead(body: ByteReader, name: string, encoding: number): EncodingHead {
  if (encoding === FLOAT32) return { kind: 'float32', bits: 32 };
  if (encoding >= FORMAT) {
    const format = FORMATS[body.u8(`the format of ${name}`)];
    if (!format) throw unknown(name);
    const shared = encoding === FORMAT ? 'none' : encoding === FORMAT_EXPONENTS ? 'exponents' : 'fp8Scales';
    const granularity = shared === 'none' ? 'tensor' : readGranularity(body, name);
    return { kind: 'format', bits: elementOf(format).bits, format, shared, granularity };
  }
  const bits = body.u8(`the bits of ${name}`);
  if (encoding === UNIFORM || encoding === UNIFORM_ZERO_POINT)
    return { kind: 'uniform', bits, hasZeroPoints: encoding === UNIFORM_ZERO_POINT, granularity: 'tensor' };
  const granularity = readGranularity(body, name);
  if (encoding === BASIS) return { kind: 'basis', bits, granularity };
  if (encoding !== CODEBOOK) return { kind: 'uniform', bits, hasZeroPoints: encoding === UNIFORM_BLOCKS_ZERO_POINTS, granularity };
  const books = body.varint(`the number of codebooks of ${name}`);
  const bookLength = body.varint(`the length of the codebooks of ${name}`);
  return { kind: 'codebook', bits, books, bookLength, granularity };
}

function readGranularity(body: ByteReader, name: string): Granularity {
  const what = `the granularity of ${name}`;
  switch (body.u8(what)) {
    case 0:
      return 'tensor';
    case 1:
      return 'channel';
    case 2:
      return { channels: body.varint(what) };
    case 3:
      return { inputs: body.varint(what) };
    case 4:
      return { axis: body.varint(what) };
    default:
      throw unknown(name);
  }
}

function unknown(name: string): ModelFileError {
  return new ModelFileError(`The model file is damaged: the description of ${name} is not one that this program knows.`);
}
