import { expect, test } from 'vitest';
import { defaultBlock } from '../../experiment/settings/block';
import { stageDefinition } from '../../experiment/stages/registry';
import type { LayerInspection, LayerLevels } from '../../experiment/types/events';
import type { Stage } from '../../experiment/types/experiment';
import type { Ledger } from '../../numerics/measures/ledger';
import { isClustered, pipelineSteps, sharedBefore } from './pipeline-steps';

const stage = (kind: string, on = true): Stage => ({ kind, on, ...defaultBlock(stageDefinition(kind).settings, {}) });
const ledger: Ledger = { weights: 1, denseBits: 64, totalBits: 32, parts: [] };
const levels = (values: number[], bits = 2): LayerLevels => ({
  ...{ values: Float32Array.from(values), counts: Uint32Array.from(values, () => 1), bits, scale: null },
  ...{ distinct: values.length, possible: 4, zeros: 0 },
});
const seen = (stored: LayerLevels | null): { ledger: Ledger; layers: LayerInspection[] } => ({
  ledger,
  layers: [{ layer: 'fc1', shape: [4], latent: { min: -1, max: 1, counts: Uint32Array.of(4) }, stored, quantizer: null }],
});

test('steps that are off are left out; what is not measured has no file', () => {
  const run = { summaries: { 0: { testAccuracy: 0.9 } }, inspections: { 0: seen(null), 2: seen(null) } };
  const steps = pipelineSteps([stage('train'), stage('prune', false), stage('encode')], run);
  expect(steps.map(({ mark, name, accuracy }) => [mark, name, accuracy])).toEqual([
    ['①', 'Train', 0.9],
    ['③', 'Encode', null],
  ]);
  expect(steps.map((one) => one.ledger?.totalBits ?? null)).toEqual([32, null]);
});

test('the values before training are those of the share stage', () => {
  const run = {
    summaries: {},
    inspections: { 0: seen(null), 1: seen(levels([-1, 1])), 2: seen(levels([-0.9, 1.1])), 3: seen(levels([-0.9, 1.1])) },
  };
  expect(sharedBefore(run, 3, 'fc1')?.values).toEqual(Float32Array.of(-1, 1));
  expect(sharedBefore(run, 1, 'fc1')).toBeNull();
  expect(sharedBefore(run, 3, 'fc2')).toBeNull();
});

test('only shared weights and codebooks are clusters', () => {
  const quantized = (method: string) => [stage('train'), { ...stage('quantize'), method }, stage('train')];
  const book = { ...levels([-1, 1]), kind: 'codebook' };
  expect(isClustered([stage('share'), stage('train')], 1, book)).toBe(true);
  // Recordings of older versions do not say how the file stores the values.
  expect(isClustered([stage('share'), stage('train')], 1, levels([-1, 1]))).toBe(true);
  expect(isClustered(quantized('codebook'), 2, book)).toBe(true);
  expect(isClustered(quantized('codebook'), 0, book)).toBe(false);
  expect(isClustered(quantized('codebook'), 2, { ...book, possible: null })).toBe(false);
  expect(isClustered(quantized('power-of-two'), 2, book)).toBe(false);
  expect(isClustered(quantized('codebook'), 2, { ...book, kind: 'format' })).toBe(false);
  expect(isClustered([stage('share')], 0, null)).toBe(false);
});
