import { describe, expect, test } from 'vitest';
import { defaultStage } from '../../experiment/program/defaults';
import { presetById } from '../../experiment/program/presets';
import type { SettingValue } from '../../experiment/settings/setting';
import type { Stage } from '../../experiment/types/experiment';
import { inspectSparsity } from '../../numerics/inspection/sparsity';
import { amountOf, inspectionFor, nextTarget, positionOf, pruneTargets, type SeenLayer, withAmount } from './prune-target';

const path = presetById('mnist-prune-90')!.experiment;

/** A layer of one output whose magnitudes are 1 … n times `size`, the first `gone` of them pruned. */
function layer(name: string, n: number, size = 1, gone = 0): SeenLayer {
  const latent = Float32Array.from({ length: n }, (_, i) => (i + 1) * size);
  const kept = Uint8Array.from({ length: n }, (_, i) => (i < gone ? 0 : 1));
  const stored = latent.map((value, i) => (kept[i] ? value : 0));
  const sparsity = inspectSparsity({ shape: [n, 1], latent, stored, kept });
  return { layer: name, shape: [n, 1], latent: { min: 0, max: 1, counts: new Uint32Array() }, stored: null, quantizer: null, sparsity };
}

const stage = (values: Readonly<Record<string, SettingValue>>): Stage => ({ ...defaultStage('prune'), ...values });

describe('the stage that the threshold belongs to', () => {
  test('is the next that prunes; after all, the last', () => {
    const { stages } = path;
    const two = [...stages, stage({}), { ...stage({}), on: false }];
    const targets = pruneTargets(two);
    expect(targets.map(({ index, step }) => [index, step])).toEqual([
      [1, 1],
      [3, 3],
    ]);
    expect(nextTarget(targets, () => false)?.index).toBe(1);
    expect(nextTarget(targets, (step) => step < 2)?.index).toBe(3);
    expect(nextTarget(targets, () => true)?.index).toBe(3);
    expect(nextTarget([], () => false)).toBeUndefined();
  });

  test('in a repeat it is the step of the first round', () => {
    const targets = pruneTargets(presetById('mnist-ticket')!.experiment.stages);
    expect(targets).toHaveLength(1);
    expect(targets[0]).toMatchObject({ index: 2, step: 1 });
  });

  test('prunes what was inspected before it', () => {
    const target = { stage: stage({}), index: 5, step: 5 };
    expect(inspectionFor(target, { 0: 'a', 2: 'b', 5: 'c' }, 'c')).toBe('b');
    // What is known after pruning lacks the weights that went.
    expect(inspectionFor(target, { 5: 'c' }, 'c')).toBeUndefined();
    expect(inspectionFor(undefined, { 0: 'a', 5: 'c' }, 'c')).toBe('c');
  });
});

describe('amount and threshold', () => {
  test('of one layer are the same share', () => {
    const layers = [layer('fc1', 1000), layer('fc2', 500)];
    expect(positionOf(stage({ amount: 90 }), layers, 0)).toBe(900);
    expect(amountOf(stage({}), layers, 0, 897)).toBe(89.7);
  });

  test('the output layer loses its part', () => {
    const layers = [layer('fc1', 1000), layer('fc2', 1000)];
    const half = stage({ amount: 80, outputRate: 50 });
    expect([0, 1].map((at) => positionOf(half, layers, at))).toEqual([800, 400]);
    expect(amountOf(half, layers, 1, 400)).toBe(80);
    expect(amountOf(half, layers, 1, 900)).toBe(100);
  });

  test('both factors of the output layer lose its part', () => {
    const layers = [layer('fc1', 1000), layer('fc3 left', 1000), layer('fc3 right', 1000)];
    const half = stage({ amount: 80, outputRate: 50 });
    expect([0, 1, 2].map((at) => positionOf(half, layers, at))).toEqual([800, 400, 400]);
  });

  test('a share of all weights counts those that are gone', () => {
    const layers = [layer('fc1', 1000, 1, 500)];
    const all = stage({ amount: 80, share: 'all' });
    // 300 more of the 500 that are left.
    expect(positionOf(all, layers, 0)).toBe(600);
    expect(amountOf(all, layers, 0, 600)).toBe(80);
    expect(positionOf(stage({ amount: 40, share: 'all' }), layers, 0)).toBe(0);
  });

  test('over all layers one threshold cuts each at another place', () => {
    const layers = [layer('fc1', 1000), layer('fc2', 1000, 3)];
    const global = stage({ amount: 50, scope: 'global' });
    // |w| < 750: 75 % of the first, 25 % of the second.
    expect(positionOf(global, layers, 0)).toBeCloseTo(750, -1);
    expect(positionOf(global, layers, 1)).toBeCloseTo(250, -1);
    expect(amountOf(global, layers, 0, 750)).toBeCloseTo(50, 0);
  });

  test('the amount is an edit of the stage', () => {
    expect(withAmount(path, 1, 89.7).stages[1]).toMatchObject({ amount: 89.7 });
  });
});
