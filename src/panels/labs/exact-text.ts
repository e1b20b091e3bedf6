import { significant } from '../../numerics/format';

/** A number with all its digits where they are few, else in so many significant ones: 0.001953125, 5.96 × 10⁻⁸, ∞. */
export function exactText(x: number, digits = 4): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? 'NaN' : x > 0 ? '∞' : '−∞';
  const text = Object.is(x, -0) ? '-0' : String(x);
  if (text.includes('e') || text.length > 12) return significant(x, digits);
  return text.replace('-', '−');
}
