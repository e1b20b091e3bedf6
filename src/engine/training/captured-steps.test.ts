import { describe, expect, test } from 'vitest';
import { kernelTimes } from './captured-steps';

describe('kernelTimes', () => {
  test('gathers launches by name, longest first', () => {
    expect(kernelTimes(['matMul', 'gather', 'matMul'], [2, 5, 1])).toEqual([
      { name: 'gather', launches: 1, ms: 5 },
      { name: 'matMul', launches: 2, ms: 3 },
    ]);
  });

  test('without timestamps counts only, most launches first', () => {
    expect(kernelTimes(['a', 'b', 'b'], undefined)).toEqual([
      { name: 'b', launches: 2, ms: null },
      { name: 'a', launches: 1, ms: null },
    ]);
  });
});
