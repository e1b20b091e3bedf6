/** The description of a tensor in the head of a model file; the layout is in model-file.ts. */

import { type ByteReader, ModelFileError } from './byte-reader';
import { type AnyCoder, coderNumbered, coderOf } from './coders/registry';
import type { EncodingHead } from './encodings/encoding-kind';
import { type AnyEncodingKind, encodingKind, encodingNumbered } from './encodings/registry';
import { pushVarint, unknownDescription } from './head-bytes';
import type { StoredRole } from './section';
import { sizeOf } from './section';
import type { StoredTensor } from './stored-tensor';
import { type AnySupportKind, supportKind, supportNumbered } from './supports/registry';

export interface Entry {
  readonly name: string;
  readonly role: StoredRole;
  readonly shape: readonly number[];
  readonly encoding: AnyEncodingKind;
  readonly head: EncodingHead;
  readonly support: AnySupportKind;
  readonly coder: AnyCoder;
}

const MAX_RANK = 8;
/** The numbers of roles are part of the layout: new ones come last. */
const ROLES: readonly StoredRole[] = ['weight', 'bias', 'statistic', 'range'];
/** Instead of the number of an encoding: what follows names a support and a coder too. */
const COMPOSED = 10;

/**
 * Appends the description of a tensor that can be stored.
 * @throws RangeError if its name or its rank is too long
 */
export function pushEntry(out: number[], { name, role, shape, encoding, support, coder }: StoredTensor): void {
  const text = new TextEncoder().encode(name);
  if (text.length > 255) throw new RangeError(`The tensor name "${name}" is longer than 255 bytes.`);
  if (shape.length > MAX_RANK) throw new RangeError(`${name} has ${shape.length} dimensions; a model file allows ${MAX_RANK}.`);
  const kind = encodingKind(encoding);
  const composition = [supportKind(support).kind.number, coderOf(coder).number];
  const number = kind.numberOf(encoding);
  const plain = isPlain(composition);
  out.push(text.length, ...text, ROLES.indexOf(role), plain ? number : COMPOSED, shape.length);
  for (const dimension of shape) pushVarint(out, dimension);
  if (!plain) out.push(...composition, number);
  kind.pushHead(out, encoding);
}

/** Dense and packed, which is written as it was before there were others. */
function isPlain(composition: readonly number[]): boolean {
  return composition.every((number) => number === 0);
}

/** @throws ModelFileError if it is not a description that `pushEntry` writes, or the file is too short for its codes */
export function readEntry(body: ByteReader): Entry {
  const name = body.text(body.u8('the length of a name'), 'a tensor name');
  const role = ROLES[body.u8(`the role of ${name}`)];
  const first = body.u8(`the encoding of ${name}`);
  const rank = body.u8(`the rank of ${name}`);
  if (!role || rank > MAX_RANK) throw unknownDescription(name);
  const shape: number[] = [];
  for (let i = 0; i < rank; i++) shape.push(body.varint(`the shape of ${name}`));
  const composition = first === COMPOSED ? [body.u8(`the support of ${name}`), body.u8(`the coder of ${name}`)] : [0, 0];
  const number = first === COMPOSED ? body.u8(`the encoding of ${name}`) : first;
  const [support, coder] = [supportNumbered(composition[0] ?? 0), coderNumbered(composition[1] ?? 0)];
  const encoding = encodingNumbered(number);
  if (!encoding || !support || !coder || (first === COMPOSED && isPlain(composition))) throw unknownDescription(name);
  const head = encoding.readHead(body, name, number);
  const count = sizeOf(shape);
  // What this tensor takes at the least must fit in the bytes that are left, and a dimension of 0 is never written.
  const least = support.leastBytes(count) + coder.leastBytes(support.leastEntries(count), head.bits);
  if (count < 1 || least > body.remaining)
    throw new ModelFileError(`The model file is damaged: ${name} cannot have the shape ${shape.join(' × ')}.`);
  return { name, role, shape, encoding, head, support, coder };
}
