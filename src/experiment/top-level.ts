import type { NumberParameter } from './parameter';

/** The fields of an experiment that are not blocks. */

/** Longest title, in characters. */
export const NAME_LENGTH = 100;
/** Most stages of one experiment. */
export const STAGE_LIMIT = 24;

export const seedParameter: NumberParameter = {
  type: 'number',
  key: 'seed',
  short: 'seed',
  label: 'Seed',
  help: 'The start of every random number: initial weights, order of the images, split, dropout. The same seed gives the same run.',
  default: 42,
  min: 0,
  max: 4_294_967_295,
  step: 1,
  integer: true,
  control: 'field',
};

/** A title as an experiment may hold it: one line, whole characters only, not too long. */
export function cleanName(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const line = text.replace(/\p{Surrogate}/gu, '\ufffd').replace(/[\u0000-\u001f\u007f\u2028\u2029]/g, ' ');
  const characters = Array.from(line);
  return characters.length > NAME_LENGTH ? characters.slice(0, NAME_LENGTH).join('') : line;
}

/** True for the checksum of somebody's own data: SHA-256 in lower-case hexadecimal. */
export function isChecksum(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
}
