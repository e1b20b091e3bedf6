import { expect, test } from 'vitest';
import { shapedLayers } from '../../operators/layers';
import { defaultBlock } from '../../settings/block';
import type { ModelBlock } from '../../types/experiment';
import { datasetShape } from '../data';
import { architectureNotes, architectureOf } from './architecture';
import { buildModel, defaultModel, modelSettings, models } from './registry';

const mnist = datasetShape('mnist')!;
const cifar = datasetShape('cifar10')!;

test('a named model with its own layers on MNIST is its name', () => {
  const model = defaultModel('lenet-300-100');
  const layers = buildModel(model, mnist.input, 10);
  expect(architectureNotes(model, { ...mnist, layers })).toEqual({ model: 'lenet-300-100' });
  // Keys are those of the positions: they need not be written.
  const keyed = shapedLayers(layers, mnist.input).map(({ layer }) => layer);
  expect(architectureNotes(model, { ...mnist, layers: keyed })).toEqual({ model: 'lenet-300-100' });
});

test('what is not at its default is written', () => {
  const model = defaultBlock(modelSettings, { id: 'mlp', widths: [7] }) as ModelBlock;
  const layers = buildModel(model, cifar.input, 10);
  expect(architectureNotes(model, { ...cifar, layers })).toEqual({
    model: 'mlp',
    values: { widths: [7] },
    input: cifar.input,
    classes: 10,
  });
  const rewritten = layers.filter(({ type }) => type !== 'activation');
  expect(architectureNotes(model, { ...cifar, layers: rewritten })).toMatchObject({ layers: rewritten });
});

test.each(models.map(({ id }) => id))('the notes of %s describe it again, on either images', (id) => {
  const model = defaultModel(id);
  for (const { input, classes } of [mnist, cifar]) {
    const layers = buildModel(model, input, classes);
    const notes = JSON.parse(JSON.stringify(architectureNotes(model, { input, classes, layers })));
    expect(architectureOf(notes)).toEqual({ input, classes, layers });
  }
});

test('layers that a stage has rewritten are described as they are', () => {
  const model = defaultModel('lenet-300-100');
  const layers = buildModel(model, mnist.input, 10).map((layer) =>
    layer.type === 'dense' ? ({ type: 'lowRank', name: layer.name, units: layer.units, rank: 4 } as const) : layer,
  );
  const notes = architectureNotes(model, { ...mnist, layers });
  expect(architectureOf(JSON.parse(JSON.stringify(notes))).layers).toEqual(layers);
});

test.each([
  [{}, 'The file does not name its model.'],
  [{ model: 'nonsense' }, 'There is no model called "nonsense".'],
  [{ model: 'mlp', input: { height: 28 } }, 'The file does not say which images its model takes.'],
  [{ model: 'mlp', layers: {} }, 'The layers in the file are not a list.'],
  [{ model: 'mlp', classes: 1.5 }, 'The file does not say which images its model takes.'],
  [{ model: 'mlp', layers: [] }, 'The layers in the file are not a list.'],
  [{ model: 'mlp', layers: [{ type: 'dense', name: 'a' }] }, 'The layers in the file do not fit together.'],
  [{ model: 'mlp', layers: [{ type: 'lowRank', name: 'a', units: 4, rank: -2 }] }, 'The layers in the file do not fit together.'],
  [{ model: 'mlp', layers: [{ type: 'dense', name: 'a', units: 1e12 }] }, 'The layers in the file do not fit together.'],
  [{ model: 'mlp', layers: [{ type: 'toString' }] }, 'The file has a layer of the type "toString", which is unknown.'],
])('notes that describe no network: %j', (notes, message) => {
  expect(() => architectureOf(notes)).toThrow(message);
});

test('values that the model cannot have are the nearest that it can', () => {
  const { layers } = architectureOf({ model: 'mlp', values: { widths: 'abc' } });
  expect(layers).toEqual(buildModel(defaultModel('mlp'), mnist.input, 10));
});
