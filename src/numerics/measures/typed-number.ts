/** Numbers as people type them: with groups of three digits, with a decimal point or a decimal comma, with a true minus sign. */

/** What a text means: a number, or a sentence that says why it is none. */
export type TypedNumber = { readonly value: number } | { readonly problem: string };

const COMMA_GROUPS = /^[1-9]\d{0,2}(,\d{3})+$/;
const POINT_GROUPS = /^[1-9]\d{0,2}(\.\d{3})+$/;
const SPACE_GROUPS = /^[1-9]\d{0,2}([\s_'\u2019]\d{3})+(?=[.,]|$)/;
const PLAIN = /^(\d+\.?\d*|\.\d+)$/;
const NONE = 'Enter a number.';

/**
 * Reads a typed number. A comma groups digits only as in 12,345; any other single comma is a decimal comma: 0,01 is 0.01 and 1.234,5 is
 * 1234.5. Points group where there are several, as in 1.234.567.
 * @param whole a whole number is asked for: there, 2.000 could be 2 or 2,000, and is refused
 */
export function readNumber(text: string, whole = false): TypedNumber {
  const [, sign = '', digits = '', power = ''] = /^([+-]?)(.*?)(e[+-]?\d+)?$/is.exec(text.trim().replace(/[\u2212\u2013]/, '-')) ?? [];
  const plain = SPACE_GROUPS.test(digits) ? digits.replace(/[\s_'\u2019]/g, '') : digits;
  if (whole && power === '' && POINT_GROUPS.test(plain) && plain.split('.').length === 2)
    return { problem: `Write ${plain.replace('.', '')} or ${plain.split('.')[0]}: ${plain} could be either.` };
  const decimal = withPoint(plain);
  if (decimal === null) return { problem: /^[\d.,]*\d[\d.,]*$/.test(plain) ? 'Write the number with a decimal point, as in 0.5.' : NONE };
  if (!PLAIN.test(decimal)) return { problem: NONE };
  const value = Number(sign + decimal + power);
  return Number.isFinite(value) ? { value } : { problem: 'This number is too large.' };
}

/** The digits with a point as the only mark; null if commas and points can be read in no way, or in several. */
function withPoint(text: string): string | null {
  const commas = text.split(',').length - 1;
  const points = text.split('.').length - 1;
  if (commas === 0) return points < 2 ? text : POINT_GROUPS.test(text) ? text.replaceAll('.', '') : null;
  const [before = '', after = ''] = text.split('.');
  if (points < 2 && COMMA_GROUPS.test(before) && !after.includes(',')) return text.replaceAll(',', '');
  if (commas > 1) return null;
  const [front = '', end = ''] = text.split(',');
  if (!/^\d*$/.test(end) || (points > 0 && !POINT_GROUPS.test(front))) return null;
  return `${front.replaceAll('.', '')}.${end}`;
}
