import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ImageShape, macCount, parametersOf, shapeAfter } from '../../operators/layers';
import { size } from '../../operators/operator';
import type { ModelBlock } from '../../types/experiment';
import { datasetShape } from '../data';
import { biasCount, buildModel, defaultModel, fittingModel, modelDefinition, modelProblem, models, weightCount } from './registry';

const mnist = datasetShape('mnist')!.input;
const cifar = datasetShape('cifar10')!.input;

function counts(id: string, input: ImageShape) {
  const layers = buildModel(defaultModel(id), input, 10);
  const settings = parametersOf(layers, input).filter((p) => p.role === 'weights');
  const weights = (name: string) => settings.filter((p) => p.name.startsWith(name)).reduce((sum, p) => sum + size(p.shape), 0);
  return { conv: weights('conv'), dense: weights('fc'), all: weightCount(layers, input), biases: biasCount(layers, input) };
}

describe('parameter counts', () => {
  // Han et al. 2016, section 5; Frankle and Carbin 2019, figure 2 (Conv-6 counted from its layers); the others by hand.
  test.each([
    ['thesis-mlp', mnist, 0, 784 * 128 + 128 * 10, 138],
    ['lenet-300-100', mnist, 0, 266_200, 410],
    ['lenet-5', mnist, 500 + 25_000, 400_000 + 5_000, 580],
    ['conv-2', cifar, 38_592, 4_262_400, 2 * 64 + 522],
    ['conv-4', cifar, 259_776, 2_165_248, 2 * 64 + 2 * 128 + 522],
    ['conv-6', cifar, 1_144_512, 1_116_672, 2 * 64 + 2 * 128 + 2 * 256 + 522],
    ['thesis-cnn', cifar, 864 + 9_216 + 18_432 + 36_864 + 73_728 + 147_456, 2048 * 128 + 1280, 2 * 32 + 2 * 64 + 2 * 128 + 138],
    ['mlp', mnist, 0, 784 * 128 + 1280, 138],
    ['cnn', cifar, 27 * 16 + 144 * 32, 8 * 8 * 32 * 64 + 640, 16 + 32 + 64 + 10],
  ] as const)('%s', (id, input, conv, dense, biases) => {
    expect(counts(id, input)).toEqual({ conv, dense, all: conv + dense, biases });
  });

  test.each([
    ['lenet-300-100', mnist, 266_200],
    // Outputs of 24 × 24 and 8 × 8 windows, then the dense weights once each.
    ['lenet-5', mnist, 24 * 24 * 500 + 8 * 8 * 25_000 + 405_000],
    ['conv-2', cifar, 32 * 32 * (1728 + 36_864) + 4_262_400],
  ] as const)('%s: multiply-accumulates of one image', (id, input, macs) => {
    expect(macCount(buildModel(defaultModel(id), input, 10), input)).toBe(macs);
  });

  test('ResNet with n blocks in three groups has 6 n + 2 layers, and projects where a group is wider', () => {
    for (const blocks of [1, 3]) {
      const layers = buildModel({ ...defaultModel('resnet'), blocks }, cifar, 10);
      expect(layers.filter(({ type }) => type === 'conv' || type === 'dense')).toHaveLength(6 * blocks + 2);
      expect(layers.flatMap((layer) => (layer.type === 'skip' && layer.filters ? [layer.filters] : []))).toEqual([32, 64]);
    }
    // ResNet-20 of He et al. 2016 has 0.27 million parameters on CIFAR-10; projections add 16 · 32 + 32 · 64 weights.
    const resnet20 = buildModel({ ...defaultModel('resnet'), blocks: 3 }, cifar, 10);
    expect(weightCount(resnet20, cifar)).toBe(
      9 * (3 * 16 + 6 * 16 * 16 + 16 * 32 + 5 * 32 * 32 + 32 * 64 + 5 * 64 * 64) + 512 + 2048 + 640,
    );
  });

  test('the thesis CNN has 7 batch norms of 4 arrays', () => {
    const settings = parametersOf(buildModel(defaultModel('thesis-cnn'), cifar, 10), cifar);
    const norms = settings.filter((p) => p.role !== 'weights' && p.role !== 'bias');
    expect(norms).toHaveLength(28);
    expect(norms.reduce((sum, p) => sum + size(p.shape), 0)).toBe(4 * (2 * 32 + 2 * 64 + 2 * 128 + 128));
  });

  test('the help of the named networks states the same counts', () => {
    for (const model of models.filter((m) => m.datasets)) {
      const input = model.datasets?.includes('mnist') ? mnist : cifar;
      expect(model.help).toContain(`${counts(model.id, input).all.toLocaleString('en-US')} weights`);
    }
  });
});

describe('layers', () => {
  test('LeNet-5 has no activation after its convolutions', () => {
    const types = buildModel(defaultModel('lenet-5'), mnist, 10).map((layer) => layer.type);
    expect(types).toEqual(['conv', 'maxPool', 'conv', 'maxPool', 'flatten', 'dense', 'activation', 'dense']);
  });

  test('the builders put batch norm before the activation and dropout after it', () => {
    const model = { ...defaultModel('mlp'), widths: [20, 10], activation: 'tanh', batchNorm: true, dropout: 0.5 };
    const layers = buildModel(model, mnist, 7);
    const hidden = ['dense', 'batchNorm', 'activation', 'dropout'];
    expect(layers.map((layer) => layer.type)).toEqual(['flatten', ...hidden, ...hidden, 'dense']);
    expect(layers.at(-1)).toMatchObject({ units: 7 });
    expect(weightCount(layers, mnist)).toBe(784 * 20 + 200 + 70);
  });

  test('an MLP without hidden layers is softmax regression', () => {
    const layers = buildModel({ ...defaultModel('mlp'), widths: [] }, mnist, 10);
    expect(layers.map((layer) => layer.type)).toEqual(['flatten', 'dense']);
  });

  test('every model ends in one logit per class, on images of any shape that fits', () => {
    const shape = fc.record({
      height: fc.integer({ min: 1, max: 40 }),
      width: fc.integer({ min: 1, max: 40 }),
      channels: fc.constantFrom(1, 3),
    });
    fc.assert(
      fc.property(fc.constantFrom(...models), shape, fc.integer({ min: 2, max: 100 }), (definition, input, classes) => {
        const model = defaultModel(definition.id);
        const problem = modelProblem(model, input, classes);
        if (problem) {
          expect(problem).toMatch(/^[A-Z].*(too small for|weights on images of).*\.$/);
          expect(() => buildModel(model, input, classes)).toThrow(problem);
          return;
        }
        const layers = buildModel(model, input, classes);
        let end: readonly number[] = [input.height, input.width, input.channels];
        for (const layer of layers) end = shapeAfter(layer, end);
        expect(end).toEqual([classes]);
        const names = parametersOf(layers, input).map((p) => p.name);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });
});

describe('limits', () => {
  test('an image too small is one sentence', () => {
    const message = modelProblem(defaultModel('lenet-5'), { height: 8, width: 8, channels: 1 }, 10);
    expect(message).toBe('Images of 8 × 8 are too small for LeNet-5: after the first layers only 2 × 2 is left to convolve.');
  });

  test('too many weights is one sentence, and halving the widest layer makes it fit', () => {
    const model: ModelBlock = { ...defaultModel('mlp'), widths: [4096, 4096] };
    expect(modelProblem(model, mnist, 10)).toBe(
      `Custom MLP would have ${(784 * 4096 + 4096 * 4096 + 40960).toLocaleString('en-US')} weights on images of 28 × 28; at most 5,000,000 are allowed.`,
    );
    const fitting = fittingModel(model, mnist, 10);
    expect(fitting.widths).toEqual([1024, 2048]);
    expect(modelProblem(fitting, mnist, 10)).toBeNull();
  });

  test('a CNN with too many poolings loses its last convolutions', () => {
    const model: ModelBlock = { ...defaultModel('cnn'), channels: [8, 8, 8, 8, 8, 8] };
    expect(fittingModel(model, mnist, 10).channels).toEqual([8, 8, 8, 8]);
    expect(fittingModel({ ...model, pool: 'pair' }, mnist, 10).channels).toHaveLength(6);
  });

  test('a model that fits stays itself, and a named one that does not is left alone', () => {
    const fits = defaultModel('cnn');
    expect(fittingModel(fits, mnist, 10)).toBe(fits);
    const named = defaultModel('lenet-5');
    expect(fittingModel(named, { height: 4, width: 4, channels: 1 }, 10)).toBe(named);
  });

  test('an unknown id throws', () => {
    expect(() => modelDefinition('toString')).toThrow('There is no model called "toString".');
  });
});
