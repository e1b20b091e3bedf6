import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BackendName } from '../types/events';
import { judge, parsePassport, passportText } from './passport';

const backends: readonly BackendName[] = ['webgpu', 'webgl', 'wasm', 'cpu'];
const record = (name: BackendName, testAccuracy: number, digit = 'a') => ({
  digest: digit.repeat(64),
  testAccuracy,
  backend: { name, adapter: '', reasons: [] },
});
const verdict = (a: ReturnType<typeof record>, b: ReturnType<typeof record>) => {
  const passport = parsePassport(passportText(a));
  if (!passport) throw new Error('no passport');
  return judge(passport, b, 10_000).verdict;
};

describe('a passport', () => {
  test('is written and read back', () => {
    expect(passportText(record('webgpu', 0.97614))).toBe('aaaaaaaaaaaaaaaa.9761.webgpu');
    expect(parsePassport('aaaaaaaaaaaaaaaa.9761.webgpu')).toEqual({ digest: 'a'.repeat(16), accuracy: 0.9761, backend: 'webgpu' });
    fc.assert(
      fc.property(fc.constantFrom(...backends), fc.integer({ min: 0, max: 10_000 }), (name, n) => {
        expect(parsePassport(passportText(record(name, n / 10_000)))).toMatchObject({ accuracy: n / 10_000, backend: name });
      }),
    );
  });

  test.each([
    '',
    'x',
    'aaaaaaaaaaaaaaaa.9761',
    'AAAAAAAAAAAAAAAA.9761.wasm',
    'aaaaaaaaaaaaaaaa.10001.wasm',
    'aaaaaaaaaaaaaaaa.9761.tpu',
    'aaaaaaaaaaaaaaaa.97.61.wasm',
  ])('%j is none', (text) => expect(parsePassport(text)).toBeNull());
});

describe('the verdict', () => {
  test('is reproduced where the digest is the same, whatever the backend', () => {
    expect(verdict(record('wasm', 0.97), record('wasm', 0.97))).toBe('reproduced');
    expect(verdict(record('wasm', 0.97), record('cpu', 0.97))).toBe('reproduced');
  });

  test('is within tolerance on another backend, and on a GPU that may be another one', () => {
    // 3 √(2 · 0.97 · 0.03 / 10,000) = 0.00724.
    expect(judge({ digest: 'b'.repeat(16), accuracy: 0.97, backend: 'wasm' }, record('webgpu', 0.97), 10_000).tolerance).toBeCloseTo(
      0.00724,
      5,
    );
    expect(verdict(record('wasm', 0.97), record('webgpu', 0.964, 'b'))).toBe('within');
    expect(verdict(record('webgpu', 0.97), record('webgpu', 0.976, 'b'))).toBe('within');
    expect(verdict(record('wasm', 0.97), record('webgpu', 0.96, 'b'))).toBe('differs');
  });

  test('differs where the same arithmetic gave another file, however near', () => {
    expect(verdict(record('wasm', 0.97), record('wasm', 0.97, 'b'))).toBe('differs');
    expect(verdict(record('cpu', 0.97), record('cpu', 0.97, 'b'))).toBe('differs');
  });

  test('allows one image where all are right', () => {
    expect(judge({ digest: 'b'.repeat(16), accuracy: 1, backend: 'wasm' }, record('cpu', 0.99), 100)).toMatchObject({ verdict: 'within' });
    expect(judge({ digest: 'b'.repeat(16), accuracy: 0, backend: 'wasm' }, record('cpu', 1), 100)).toMatchObject({ verdict: 'differs' });
  });

  test('does not depend on which of the two came first', () => {
    const share = fc.integer({ min: 0, max: 10_000 }).map((n) => n / 10_000);
    const name = fc.constantFrom(...backends);
    fc.assert(
      fc.property(name, name, share, share, (a, b, x, y) => {
        expect(verdict(record(a, x), record(b, y, 'b'))).toBe(verdict(record(b, y, 'b'), record(a, x)));
      }),
    );
  });
});
