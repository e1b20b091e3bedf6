import { closestMatch } from 'leven';

/** Small helpers for sentences that are made from tables. */

/** A label inside a sentence: "Straight-through" becomes "straight-through"; "LSQ", "RMSprop" and "Optimal Brain Damage" stay. */
export function inSentence(label: string): string {
  return /^[A-Z][a-z]+(?![A-Za-z]| [A-Z][a-z])/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/** The first letter as at the beginning of a sentence: "stage 2" becomes "Stage 2". */
export function inTitle(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "a", "a or b", "a, b or c". */
export function oneOf(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** A whole number with thousands separators, a small or fractional one as JavaScript writes it. */
export function plainNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toLocaleString('en-US') : String(value);
}

/** A given value, as it may appear in a sentence: quoted if text, never longer than a few words. */
export function shown(value: unknown): string {
  if (typeof value === 'number') return plainNumber(value);
  if (typeof value === 'string') return `"${clipped(value)}"`;
  if (value === null || value === undefined || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return 'this list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function clipped(text: string): string {
  const characters = Array.from(text.slice(0, 100));
  return characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : text;
}

/** The nearest of the names by Levenshtein distance, the first of several, if it is near enough to be a slip of the hand. */
export function suggestion(word: string, names: readonly string[]): string | undefined {
  const given = word.slice(0, 60).toLowerCase();
  const known = names.map((name) => name.toLowerCase());
  const near = closestMatch(given, known, { maxDistance: Math.ceil(given.length / 3) });
  return near === undefined ? undefined : names[known.indexOf(near)];
}

/** " Did you mean steps?" or nothing. */
export function didYouMean(word: string, names: readonly string[]): string {
  const near = suggestion(word, names);
  return near === undefined ? '' : ` Did you mean ${near}?`;
}
