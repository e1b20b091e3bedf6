import { expect, test } from 'vitest';
import { symbolsOf } from './formula-symbols';

const names = (tex: string) => symbolsOf(tex).map(({ symbol }) => symbol);

test('the symbols of a uniform quantizer', () => {
  const tex =
    's = \\frac{\\max|w|}{2^{b-1}-1},\\qquad \\hat w = s\\cdot\\operatorname{round}\\!\\left(\\frac{w}{s}\\right),\\qquad \\frac{\\partial \\hat w}{\\partial w} := 1';
  expect(names(tex)).toEqual(['w', '\\hat w', 's', 'b', ':=']);
});

test('a letter that means something else is not named', () => {
  // b is a bias here, and s the sign bit of a float.
  expect(names("b' = \\beta + \\gamma\\,(b - \\mu)")).toEqual([]);
  expect(names('x = (-1)^s\\,2^{e}\\,(1.m)')).toEqual([]);
  expect(names('\\hat x = s\\,\\bigl(\\operatorname{clip}(\\operatorname{round}(x / s) + z) - z\\bigr)')).toEqual(['\\hat x', 's', 'z']);
});
