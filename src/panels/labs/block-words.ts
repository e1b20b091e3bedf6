/** Formula and sentences about a block with a shared scale. Pure. */
import type { BlockFormat } from '../../numerics/formats/block-formats';
import { plural, significant } from '../../numerics/measures/number-words';
import { floorLog2 } from '../../numerics/rounding/rounding-grid';
import type { WorkedBlock } from './block-example';
import { exactText } from './exact-text';

/** How the scale follows from the block, in TeX. */
export function scaleFormula({ scale }: BlockFormat, { largest, exponent, maxExponent, maxElement, scale: value }: WorkedBlock): string {
  const max = plain(largest);
  if (scale !== 'e8m0' || exponent === undefined)
    return `\\max|x| \\,/\\, ${plain(maxElement)} = ${max} \\,/\\, ${plain(maxElement)} = ${plain(largest / maxElement)} \\;\\to\\; ${plain(value)}`;
  if (largest === 0) return `2^{${exponent}}`;
  const power = floorLog2(largest);
  return `2^{\\lfloor \\log_2 \\max|x| \\rfloor - e_{\\max}} = 2^{\\lfloor \\log_2 ${max} \\rfloor - ${maxExponent}} = 2^{${power} - ${maxExponent}} = 2^{${exponent}}`;
}

/** What follows the formula, in words. */
export function scaleSentence({ scale }: BlockFormat, { largest, exponent, maxExponent, maxElement, scale: value }: WorkedBlock): string {
  if (scale !== 'e8m0' || exponent === undefined)
    return value === 0
      ? 'The quotient rounds to 0 in fp8 e4m3fn: the block stores only zeros.'
      : `The largest magnitude would become the largest element, ${exactText(maxElement)}, if the scale were not rounded to fp8 e4m3fn.`;
  if (largest === 0) return 'A block of zeros has the smallest possible scale.';
  if (exponent !== floorLog2(largest) - maxExponent) return `Scales end at 2^${exactText(exponent)}.`;
  return `The scale, ${exactText(value)}, moves the largest magnitude into the top binade of the elements: their largest exponent is ${maxExponent}, their largest number ${exactText(maxElement)}.`;
}

export function elementsSentence({ label }: BlockFormat, { numbers }: WorkedBlock): string {
  if (numbers.length === 1) return `${label}: with this scale the block can store only 0.`;
  return `${label}: with this scale the block can store ${plural(numbers.length, 'number')}, from ${exactText(numbers[0] ?? 0)} to ${exactText(numbers.at(-1) ?? 0)}. Another block has another scale.`;
}

/** What saturates, what vanishes, and the largest error. */
export function errorSentence({ members, scale, maxElement }: WorkedBlock): string {
  const saturated = members.filter((member) => member.saturates);
  const lost = members.filter(({ x, stored }) => x !== 0 && stored === 0).length;
  const error = Math.max(...members.map((member) => Math.abs(member.error)));
  const parts = [
    ...saturated.map(
      ({ x, stored }) =>
        `${exactText(x)} is more than ${exactText(maxElement)} × ${exactText(scale)} and saturates to ${exactText(stored)}.`,
    ),
    lost > 0 ? `${lost} of the ${members.length} shown ${lost === 1 ? 'becomes' : 'become'} 0.` : '',
    error > 0 ? `The largest error is ${significant(error, 3)}.` : 'All are stored exactly.',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** Bits per weight, the shared scale among them. */
export function bitsSentence({ size }: BlockFormat, { bits, bitsPerNumber, members }: WorkedBlock): string {
  const scaleBits = (bitsPerNumber - bits) * size;
  return `${size} codes of ${bits} bits and ${plural(scaleBits, 'bit')} of scale: ${bitsPerNumber} bits per weight. ${members.length} of the ${size} are shown; the others are 0 here and change nothing.`;
}

/** The picture in a sentence. */
export function blockSummary({ label }: BlockFormat, { members, scale }: WorkedBlock): string {
  const pairs = members.map(({ x, stored }) => `${exactText(x)} to ${exactText(stored)}`).join(', ');
  return `A block in ${label} with the scale ${exactText(scale)}: ${pairs}.`;
}

/** A number in TeX, four significant digits where it is long. */
function plain(x: number): string {
  return String(Number(x.toPrecision(4)));
}
