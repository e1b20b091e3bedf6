import { exactText } from './exact-text';

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
