import { beforeAll, describe, expect, test } from 'vitest';
import { affine } from '../../datasets/normalize';
import { tinyDataset } from '../../engine/testing/tiny-dataset';
import { finish, model, quantize, stage, tinyCnn, tinyExperiment, tinyMlp, train } from '../../engine/testing/tiny-run';
import { openTestBackends } from '../../engine/testing/wasm-test-backend';
import type { ModelBlock, Stage } from '../../experiment/types/experiment';
import type { AnswersMessage } from '../protocol-answers';
import { Answerer } from './answerer';
import { openModel } from './open-model';

beforeAll(openTestBackends);

const dataset = tinyDataset({ side: 12, test: 40 });
const area = 12 * 12;
const image = (i: number) => dataset.test.pixels.subarray(i * area, (i + 1) * area);

interface Made {
  readonly stages: readonly Stage[];
  readonly network?: ModelBlock;
  readonly normalize?: 'raw' | 'unit' | 'standard';
}

/** The files of a run, and what the engine said of its last one. */
async function made({ stages, network = tinyMlp, normalize = 'standard' }: Made) {
  const experiment = tinyExperiment(stages, { model: network });
  const { models, events } = await finish({ ...experiment, data: { ...experiment.data, normalize } }, dataset);
  const report = events.flatMap((event) => (event.type === 'test' ? [event.report] : [])).at(-1);
  return { models, report, input: affine(dataset, normalize) };
}

describe('a model file alone answers as the engine does', () => {
  const tanh = model('mlp', { widths: [9, 7], activation: 'tanh' });
  const cases: readonly (readonly [string, Made])[] = [
    ['float32', { stages: [train()] }],
    ['2 bits', { stages: [train(), quantize(2)] }],
    ['raw pixels, tanh', { stages: [train({ lr: 0.001 }), quantize(4)], network: tanh, normalize: 'raw' }],
    ['pruned', { stages: [train(), stage('prune')], normalize: 'unit' }],
    ['low rank, then trained', { stages: [train(), stage('factorize', { rank: 2 }), train({ steps: 3 })] }],
    ['convolution, batch norm, pooling, dropout', { stages: [train(), quantize(3)], network: tinyCnn }],
    ['batch norm folded', { stages: [train(), stage('quantize', { bits: 4, fold: true })], network: tinyCnn }],
  ];
  test.each(cases)('%s', async (_name, given) => {
    const { models, report, input } = await made(given);
    const { answer, pixels } = openModel(models.at(-1) ?? new Uint8Array(), input);
    expect(pixels).toBe(area);
    let loss = 0;
    for (let i = 0; i < dataset.test.count; i++) {
      const probabilities = answer(image(i));
      expect(probabilities.length).toBe(4);
      expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      expect(probabilities.indexOf(Math.max(...probabilities))).toBe(report?.predicted[i]);
      loss -= Math.log(probabilities[dataset.test.labels[i] ?? 0] ?? 0) / dataset.test.count;
    }
    // Every probability counts here: the engine's loss in float32 against ours.
    expect(loss).toBeCloseTo(report?.loss ?? Number.NaN, 4);
    for (const wrong of report?.wrong ?? []) expect(Math.max(...answer(image(wrong.index)))).toBeCloseTo(wrong.confidence, 4);
  });

  test('it says how many bits its weights have, and its size', async () => {
    const { models, input } = await made({ stages: [train(), quantize(3)] });
    const [float, squeezed] = models.map((file) => openModel(file, input).facts);
    expect(float).toEqual({ bytes: models[0]?.length, bits: null });
    expect(squeezed).toEqual({ bytes: models[1]?.length, bits: { least: 3, most: 3 } });
  });
});

describe('the two sides', () => {
  test('each answers with its own model; without one, or for an image of another size, there is none', async () => {
    const { models, input } = await made({ stages: [train(), quantize(1)] });
    const said: AnswersMessage[] = [];
    const answerer = new Answerer((message) => said.push(message));
    const ask = (pixels: Uint8Array) => {
      answerer.obey({ type: 'ask', request: 7, pixels });
      const message = said.at(-1);
      return message?.type === 'answers' ? message.answers : null;
    };
    expect(ask(image(0))).toEqual({ float: null, squeezed: null });
    answerer.obey({ type: 'model', side: 'float', id: 'a', bytes: models[0] as Uint8Array, input });
    answerer.obey({ type: 'model', side: 'squeezed', id: 'b', bytes: models[1] as Uint8Array, input });
    const both = ask(image(0));
    expect(both?.float).toEqual(openModel(models[0] as Uint8Array, input).answer(image(0)));
    expect(both?.squeezed).toEqual(openModel(models[1] as Uint8Array, input).answer(image(0)));
    expect(both?.float).not.toEqual(both?.squeezed);
    expect(ask(new Uint8Array(5))).toEqual({ float: null, squeezed: null });
    answerer.obey({ type: 'model', side: 'squeezed', id: '', input });
    expect(said.at(-1)).toEqual({ type: 'opened', side: 'squeezed', id: '', model: null });
    expect(ask(image(0))?.squeezed).toBeNull();
  });

  test('a damaged file is refused with a sentence, and does not answer', () => {
    const said: AnswersMessage[] = [];
    const answerer = new Answerer((message) => said.push(message));
    answerer.obey({ type: 'model', side: 'float', id: 'c', bytes: Uint8Array.of(1, 2, 3), input: { scale: [1], shift: [0] } });
    expect(said).toEqual([
      { type: 'refused', side: 'float', id: 'c', message: 'This is not a Fewbits model file: it does not begin with FEWB.' },
    ]);
  });
});
