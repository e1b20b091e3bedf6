import { significant } from '../../numerics/measures/number-words';

/** A power with its exponent set small: fonts draw ¹²³ and ⁴⁵⁶ in different sizes. */
export function Power({ base, exponent }: { readonly base: number; readonly exponent: number }) {
  return (
    <>
      {base}
      <sup>{exactText(exponent)}</sup>
    </>
  );
}

/** A number as `exactText` has it, with its power of ten set small. */
export function Figure({ value }: { readonly value: number }) {
  const text = exactText(value);
  if (!text.includes('×')) return text;
  const [mantissa = '', exponent = '0'] = value.toExponential(3).split('e');
  return (
    <>
      {mantissa.replace('-', '−')} × <Power base={10} exponent={Number(exponent)} />
    </>
  );
}

/** A number with all its digits where they are few, else in so many significant ones: 0.001953125, 5.96 × 10⁻⁸, ∞. */
export function exactText(x: number, digits = 4): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? 'NaN' : x > 0 ? '∞' : '−∞';
  const text = Object.is(x, -0) ? '-0' : String(x);
  if (text.includes('e') || text.length > 12) return significant(x, digits);
  return text.replace('-', '−');
}
