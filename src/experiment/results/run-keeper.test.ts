import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64, toBase64 } from './base64';
import { classAccuracies, RunKeeper } from './run-keeper';

test('bytes survive base64', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
      expect(Buffer.from(fromBase64(toBase64(bytes))).equals(Buffer.from(bytes))).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test('accuracy by class, from the confusion matrix', () => {
  expect(classAccuracies(Uint32Array.of(3, 1, 0, 0, 0, 0, 1, 1, 2))).toEqual([0.75, 0, 0.5]);
});

test('keeps curves, the last test and the last weights of a run', () => {
  const keeper = new RunKeeper();
  keeper.take({ type: 'metrics', stage: 0, firstStep: 0, loss: Float32Array.of(2, 1), accuracy: Float32Array.of(0, 1) });
  keeper.take({ type: 'evaluation', stage: 0, globalStep: 2, evaluation: { count: 4, accuracy: 0.5, loss: 1 } });
  for (const right of [1, 2]) {
    const report = {
      count: 2,
      accuracy: right / 2,
      loss: 1,
      confusion: Uint32Array.of(1, 0, 2 - right, right - 1),
      predicted: Uint8Array.of(0, right - 1),
      wrong: [],
    };
    keeper.take({ type: 'test', stage: 0, globalStep: 2, report });
  }
  for (const n of [1, 5]) {
    const layer = { layer: 'fc1', shape: [1, n], latent: { min: -1, max: 1, counts: Uint32Array.of(n) }, stored: null, quantizer: null };
    keeper.take({ type: 'inspection', stage: 0, globalStep: 2, layers: [layer], tiles: null, ledger: {} as never });
  }
  const about = {
    id: 'x',
    createdAt: '2026-11-21T00:00:00Z',
    name: '',
    note: '',
    origin: 'live',
    command: '',
    commit: '',
    sweep: null,
  } as const;
  const kept = keeper.keep({ type: 'done', record: {} as never }, about);
  expect(kept).toMatchObject({
    curves: { loss: { step: [1, 2], value: [2, 1] }, validation: { step: [2], value: [0.5] } },
    perClass: [1, 1],
    predicted: 'AAE=',
    weights: [{ layer: 'fc1', latent: { min: -1, max: 1, counts: [5] }, stored: null }],
  });
});
