import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costKinds } from '../../numerics/measures/model-cost';
import { fromFragment, toFragment } from '../link/url';
import { defaultExperiment } from '../program/defaults';
import { SweepError } from './axis';
import { FRONT_LIMIT, frontText, parseFront } from './front-text';

const point = fc.record({ x: fc.double({ min: 1e-9, max: 1e25, noNaN: true }), accuracy: fc.double({ min: 0, max: 1, noNaN: true }) });
const front = fc.record({ x: fc.constantFrom(...costKinds), points: fc.array(point, { minLength: 1, maxLength: 90 }) });

describe('a front as text', () => {
  test('by hand', () => {
    const points = [
      { x: 4.0001, accuracy: 0.9741 },
      { x: 1.049_999_9, accuracy: 0.912 },
      { x: 8, accuracy: 0.95 },
    ];
    expect(frontText({ x: 'bits-per-weight', points })).toBe('bits-per-weight:1.05_0.912,4.0001_0.9741');
    expect(frontText({ x: 'rate', points })).toBe('rate:8_0.95,4.0001_0.9741');
    expect(parseFront('rate:8_0.95,4_0.9741')).toEqual({
      x: 'rate',
      points: [
        { x: 8, accuracy: 0.95 },
        { x: 4, accuracy: 0.9741 },
      ],
    });
    expect(parseFront('bits:10_0.5,20_0.4').points).toEqual([{ x: 10, accuracy: 0.5 }]);
  });

  test('reads back what it wrote, within its digits, and writes the same again', () => {
    fc.assert(
      fc.property(front, (value) => {
        const text = frontText(value);
        const read = parseFront(text);
        expect(frontText(read)).toBe(text);
        expect(read.x).toBe(value.x);
        expect(read.points.length).toBeLessThanOrEqual(FRONT_LIMIT);
        for (const { x, accuracy } of read.points) {
          expect(value.points.some((p) => Math.abs(p.x / x - 1) < 1e-4 && Math.abs(p.accuracy - accuracy) < 1e-5)).toBe(true);
        }
      }),
    );
  });

  test('survives the link, after an experiment and alone', () => {
    fc.assert(
      fc.property(front, (value) => {
        const text = frontText(value);
        const { rest, problems } = fromFragment(`#${toFragment(defaultExperiment())}&front=${text}`);
        expect(rest.front).toBe(text);
        expect(problems).toEqual([]);
        expect(encodeURI(text)).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    '',
    'bits',
    'bits:',
    'size:1_0.5',
    'toString:1_0.5',
    'bits:1',
    'bits:1_2',
    'bits:0_0.5',
    'bits:-1_0.5',
    'bits:1_0.5_3',
    'bits:1_',
    'bits:0x10_0.5',
    'bits:1_0.5,',
    'bits:Infinity_0.5',
    `bits:${Array.from({ length: FRONT_LIMIT + 1 }, () => '1_0.5').join(',')}`,
  ])('%s is refused in a sentence', (text) => {
    expect(() => parseFront(text)).toThrow(SweepError);
    expect(() => parseFront(text)).toThrow(/^[A-Z"].*\.$/);
  });

  test('of nothing there is none', () => {
    expect(() => frontText({ x: 'bits', points: [] })).toThrow(SweepError);
    expect(() => frontText({ x: 'bits', points: [{ x: Number.NaN, accuracy: 1 }] })).toThrow(SweepError);
  });
});
