import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryUse, SharedMemory } from './memory-use';

function bytesOf(...values: readonly unknown[]): number {
  const memory = new SharedMemory();
  for (const value of values) memory.add(memoryUse(value));
  return memory.bytes;
}

test('a buffer counts once, however many hold it, until the last of them goes', () => {
  const [one, other] = [new Float32Array(1000), new Float32Array(1000)];
  expect(bytesOf({ a: one }, { a: one, b: one.subarray(10) }, { a: one })).toBeLessThan(4100);
  expect(bytesOf({ a: one }, { a: other })).toBeGreaterThanOrEqual(8000);
  const part = fc.subarray([one, other, new Float32Array(3), new Float32Array(50)]);
  fc.assert(
    fc.property(fc.array(fc.tuple(part, fc.boolean()), { maxLength: 8 }), (values) => {
      const memory = new SharedMemory();
      const uses = values.map(([value]) => memoryUse(value));
      for (const use of uses) memory.add(use);
      values.forEach(([, goes], i) => {
        if (goes) memory.remove(uses[i]!);
      });
      expect(memory.bytes).toBe(bytesOf(...values.filter(([, goes]) => !goes).map(([value]) => value)));
      values.forEach(([, gone], i) => {
        if (!gone) memory.remove(uses[i]!);
      });
      expect(memory.bytes).toBe(0);
    }),
  );
});
