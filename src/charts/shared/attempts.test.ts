import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Attempt, attemptReadout, attemptRow, attemptsSummary, nameSides, shortName } from './attempts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const attempt: Attempt = { id: 'a', name: '2 bits · LSQ', kind: 'saved', accuracy: 0.9312, totalBits: 2100, bitsPerWeight: 2.1 };

test('an attempt in words', () => {
  expect(plain(attemptReadout(attempt))).toBe('2 bits · LSQ (saved run) · test accuracy 93.12 % · 2.10 bits per weight');
  expect(attemptRow({ ...attempt, kind: 'baseline' }).map(plain)).toEqual(['2 bits · LSQ (baseline)', '93.12 %', '2.10', '2,100']);
  expect(attemptsSummary([attempt])).toBe('Grey: another run with the same data, model and seed.');
  expect(attemptsSummary([attempt, attempt])).toBe('Grey: 2 other runs with the same data, model and seed.');
  expect(attemptsSummary([])).toBe('');
  expect(shortName('2 bits')).toBe('2 bits');
  expect([...shortName('x'.repeat(40))]).toHaveLength(26);
});

test('a name stands where there is room for it, or nowhere', () => {
  const at = (x: number, y: number) => ({ x, y, width: 40 });
  expect(nameSides([at(50, 50)], [], 8, 0, 200)).toEqual(['right']);
  expect(nameSides([at(180, 50)], [], 8, 0, 200)).toEqual(['left']);
  // The point of a stage lies at its right.
  expect(nameSides([at(50, 50)], [{ x: 70, y: 52 }], 8, 0, 200)).toEqual(['left']);
  expect(nameSides([at(20, 50)], [{ x: 50, y: 52 }], 8, 0, 60)).toEqual([null]);
});

test('names never overlap each other', () => {
  const point = fc.record({ x: fc.nat(300), y: fc.nat(150), width: fc.integer({ min: 20, max: 120 }) });
  fc.assert(
    fc.property(fc.array(point, { maxLength: 8 }), (points) => {
      const boxes = nameSides(points, [], 8, 0, 300).flatMap((side, i) => {
        const { x, y, width } = points[i]!;
        return side === null ? [] : [{ from: side === 'right' ? x + 8 : x - 8 - width, width, y }];
      });
      for (const [i, a] of boxes.entries())
        for (const b of boxes.slice(i + 1))
          expect(Math.abs(a.y - b.y) >= 14 || a.from + a.width <= b.from || b.from + b.width <= a.from).toBe(true);
    }),
  );
});
