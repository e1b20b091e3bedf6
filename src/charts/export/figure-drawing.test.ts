import { describe, expect, test } from 'vitest';
import { pictureName } from './export-figure';
import { escaped, svgDocument } from './figure-drawing';
import { coversAny } from './figure-font';

describe('an SVG document', () => {
  test('by hand', () => {
    const text = svgDocument({
      width: 100,
      height: 50,
      title: 'a < b',
      description: '',
      paper: '#fff',
      parts: [
        { kind: 'rect', x: 1, y: 2, width: 3.001, height: 4, fill: 'red', opacity: 0.5 },
        { kind: 'gradient', x: 0, y: 0, width: 9, height: 1, colors: ['red', 'blue'], opacity: 1 },
        {
          kind: 'text',
          x: 0,
          y: 10,
          text: '3 "bits"',
          width: 30,
          fill: '#000',
          font: { family: 'Inter', size: 11, weight: '400', tabular: true },
          opacity: 1,
        },
      ],
    });
    expect(text).toBe(
      [
        '<svg xmlns="http://www.w3.org/2000/svg" width="132" height="82" viewBox="-16 -16 132 82">',
        '<title>a &lt; b</title>',
        '<desc></desc>',
        '<rect x="-16" y="-16" width="132" height="82" fill="#fff"/>',
        '<rect x="1" y="2" width="3" height="4" fill="red" opacity="0.5"/>',
        '<linearGradient id="gradient-1"><stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient><rect x="0" y="0" width="9" height="1" fill="url(#gradient-1)"/>',
        '<text x="0" y="10" textLength="30" lengthAdjust="spacingAndGlyphs" fill="#000" font-family="Inter" font-size="11" font-weight="400" style="font-variant-numeric: tabular-nums;">3 &quot;bits&quot;</text>',
        '</svg>',
      ].join('\n'),
    );
  });

  test('holds no character that XML does not allow', () => {
    expect(escaped('a\u0000b\u000b\ufffe\ud800c & 𝜆')).toBe('abc &amp; 𝜆');
  });
});

test('a font is taken for the characters that it has', () => {
  expect(coversAny('', new Set([65]))).toBe(true);
  expect(coversAny('U+0000-00FF, U+131', new Set([0x131]))).toBe(true);
  expect(coversAny('U+0100-02BA,U+4??', new Set([0x41, 0x4ff]))).toBe(true);
  expect(coversAny('U+0100-02BA', new Set([0x41]))).toBe(false);
});

test('a file is named after its chart', () => {
  expect(pictureName('Accuracy against bits')).toBe('fewbits-accuracy-against-bits');
  expect(pictureName('../λ = 1e-9?')).toBe('fewbits-λ-1e-9');
  expect(pictureName('')).toBe('fewbits');
});
