import { describe, expect, test } from 'vitest';
import { stage } from '../../engine/testing/tiny-run';
import { datasetShape } from '../../experiment/methods/data';
import { buildModel, defaultModel, models, weightCount } from '../../experiment/methods/models/registry';
import { macCount } from '../../experiment/operators/layers';
import { size } from '../../experiment/operators/operator';
import { arrayWords, layersNow, networkNodes, shapeWords, storedWords } from './network-nodes';

const shapes = ['mnist', 'cifar10'].flatMap((id) => datasetShape(id) ?? []);
const built = (id: string, data = shapes[0]!) => buildModel(defaultModel(id), data.input, data.classes);
const text = (id: string, layers = built(id)) =>
  networkNodes(layers, shapes[0]!.input).map(({ name, kind, arrays, macs, output }) =>
    [name, kind, ...arrays.map(arrayWords), macs || '', output ? `→ ${shapeWords(output)}` : ''].filter(Boolean).join('; '),
  );

describe('the layers of a network', () => {
  test('LeNet-300-100, by hand', () => {
    expect(text('lenet-300-100')).toEqual([
      'flatten; → 784',
      'fc1; dense, 300 units; 784 × 300 = 235,200 weights; 235200; → 300',
      'ReLU',
      'fc2; dense, 100 units; 300 × 100 = 30,000 weights; 30000; → 100',
      'ReLU',
      'fc3; dense, 10 units; 100 × 10 = 1,000 weights; 1000; → 10',
    ]);
  });

  test.each(models.map(({ id }) => id))('%s: every weight and every operation is drawn once, and the shapes end at the classes', (id) => {
    for (const { input, classes } of shapes) {
      const layers = buildModel(defaultModel(id), input, classes);
      const nodes = networkNodes(layers, input);
      expect(nodes.flatMap(({ arrays }) => arrays).reduce((sum, { shape }) => sum + size(shape), 0)).toBe(weightCount(layers, input));
      expect(nodes.reduce((sum, { macs }) => sum + macs, 0)).toBe(macCount(layers, input));
      expect(nodes.findLast(({ output }) => output)?.output).toEqual([classes]);
      expect(new Set(nodes.map(({ key }) => key)).size).toBe(nodes.length);
    }
  });
});

describe('after stages that rewrite layers', () => {
  const inspected = [
    { layer: 'fc1 left', shape: [784, 20] },
    { layer: 'fc1 right', shape: [20, 300] },
    { layer: 'fc2', shape: [300, 100] },
  ];
  test('a dense layer whose factors were inspected is drawn as both', () => {
    const [, fc1, , fc2] = text('lenet-300-100', [...layersNow(built('lenet-300-100'), inspected, [stage('factorize')], 0)]);
    expect(fc1).toBe('fc1; low rank 20, 300 units; 784 × 20 = 15,680 weights; 20 × 300 = 6,000 weights; 21680; → 300');
    expect(fc2).toBe('fc2; dense, 100 units; 300 × 100 = 30,000 weights; 30000; → 100');
  });

  test('where units were removed, layers have as many as were inspected, and not before', () => {
    const fewer = [
      { layer: 'fc1', shape: [784, 90] },
      { layer: 'fc2', shape: [90, 30] },
      { layer: 'fc3', shape: [30, 10] },
    ];
    const drawn = (seen: number) =>
      text('lenet-300-100', [...layersNow(built('lenet-300-100'), fewer, [stage('train'), stage('remove')], seen)]);
    expect(drawn(1)[1]).toBe('fc1; dense, 90 units; 784 × 90 = 70,560 weights; 70560; → 90');
    expect(drawn(1)[5]).toBe('fc3; dense, 10 units; 30 × 10 = 300 weights; 300; → 10');
    expect(drawn(0)[1]).toContain('300 units');
  });

  test('batch norm is gone once a stage has folded it, not before', () => {
    const layers = buildModel({ ...defaultModel('cnn'), batchNorm: true }, shapes[0]!.input, 10);
    const stages = [stage('train'), stage('quantize', { fold: true })];
    const norms = (seen: number | null, program = stages) =>
      layersNow(layers, [], program, seen).filter(({ type }) => type === 'batchNorm').length;
    expect(norms(null)).toBeGreaterThan(0);
    expect(norms(0)).toBe(norms(null));
    expect(norms(1)).toBe(0);
    expect(norms(1, [stage('train'), stage('quantize', { fold: false })])).toBe(norms(null));
  });
});

describe('what a run has made of a layer', () => {
  const stored = { values: new Float32Array(), counts: new Uint32Array(), bits: 4, scale: 0.0922, distinct: 15, possible: 15, zeros: 35 };
  test('in a few words', () => {
    expect(storedWords({ shape: [100], stored })).toBe('4 bits · scale 0.0922 · 35\u00a0% zeros');
    expect(storedWords({ shape: [100], stored: { ...stored, scale: null, possible: null, zeros: 0 } })).toBe('4 bits · several scales');
    expect(storedWords({ shape: [100], stored: { ...stored, bits: 1, scale: null, zeros: 0 } })).toBe('1 bit · uneven levels');
    expect(storedWords({ shape: [100], stored: null })).toBe('float32');
    expect(storedWords({ shape: [10, 10], stored: null, pruned: 90 })).toBe('float32 · 90\u00a0% pruned');
  });
});
