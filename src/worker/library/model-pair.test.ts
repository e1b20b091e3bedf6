import { beforeAll, describe, expect, test } from 'vitest';
import { affine } from '../../datasets/normalize';
import { everyStep, finish, quantize, tinyExperiment, train } from '../../engine/testing/tiny-run';
import { openTestBackends } from '../../engine/testing/wasm-test-backend';
import type { Experiment } from '../../experiment/types/experiment';
import { readModelFile } from '../../numerics/container/model-file';
import type { Message } from '../protocol';
import { dataset, type Lab, lab, playToEnd } from '../testing/lab';
import type { Boundary } from './boundary';
import { modelPair } from './model-pair';

beforeAll(openTestBackends);

const program = tinyExperiment([train({ steps: 4 }), quantize(4), train({ steps: 3 })]);

async function ask({ runner, messages, shelf }: Lab, have: readonly string[] = []) {
  await runner.path.tellModels(1, have, shelf);
  return messages.findLast((message): message is Extract<Message, { type: 'models' }> => message.type === 'models');
}

describe('the models that the worker hands out', () => {
  test('none before a stage is done; then the last float32 file and the last squeezed one, and how pixels are read', async () => {
    const opened = await lab();
    await opened.runner.load(program);
    expect((await ask(opened))?.models).toEqual({ float: null, squeezed: null });
    await playToEnd(opened);
    const { models: files } = await finish(program, dataset, { backendName: 'cpu' });
    const { models, input } = (await ask(opened)) ?? {};
    expect(input).toEqual(affine(dataset, 'standard'));
    expect(models?.float).toMatchObject({ step: 0, live: false, bytes: files[0] });
    expect(models?.squeezed).toMatchObject({ step: 2, live: false, bytes: files[2] });

    // What the page has is not sent again; after an edit the float32 model is still there, the other one is to come.
    const again = (await ask(opened, [models?.float?.id ?? '']))?.models;
    expect(again?.float).not.toHaveProperty('bytes');
    expect(again?.squeezed).toEqual(models?.squeezed);
    await opened.runner.load(tinyExperiment([train({ steps: 4 }), quantize(2)]));
    expect((await ask(opened))?.models).toEqual({ float: models?.float, squeezed: null });
    await opened.runner.reset();
    expect((await ask(opened))?.models).toEqual({ float: null, squeezed: null });
  });

  test('without the images there are none', async () => {
    const opened = await lab('cpu', () => Promise.reject(new Error('offline')));
    await opened.runner.load(program);
    expect((await ask(opened))?.models).toEqual({ float: null, squeezed: null });
  });
});

describe('the pair', () => {
  const file = (mark: number) => Uint8Array.of(mark, 0, 0, 0, 0, mark);
  const boundary = (stages: number, model?: Uint8Array) => ({ model, checkpoint: { stage: stages } }) as unknown as Boundary;
  const steps = (experiment: Experiment, done: readonly Boundary[], glimpse?: number) => {
    const pair = modelPair(experiment, done, glimpse === undefined ? undefined : { model: file(9), step: glimpse }, []);
    return [pair.float, pair.squeezed].map((model) => model && `${model.step}${model.live ? ' live' : ''}`);
  };

  test('by the position of the first stage that compresses', () => {
    const done = [boundary(1, file(1)), boundary(2, file(2)), boundary(3, file(3))];
    expect(steps(program, done)).toEqual(['0', '2']);
    expect(steps(program, done.slice(0, 1))).toEqual(['0', null]);
    expect(steps(tinyExperiment([train(), train(), quantize(2)]), done.slice(0, 2))).toEqual(['1', null]);
    // Quantized from the start: there is no float32 model. Never quantized: there is no other.
    expect(steps(tinyExperiment([quantize(2), train()]), done.slice(0, 2))).toEqual([null, '1']);
    expect(steps(tinyExperiment([train(), train()]), done.slice(0, 2))).toEqual(['1', null]);
    // One that is switched off does not count.
    expect(steps(tinyExperiment([train(), quantize(2, false)]), done.slice(0, 2))).toEqual(['1', null]);
  });

  test('a glimpse is newer than what is done; a boundary without its file is passed over', () => {
    expect(steps(program, [], 0)).toEqual(['0 live', null]);
    expect(steps(program, [boundary(1, file(1)), boundary(2, file(2))], 2)).toEqual(['0', '2 live']);
    expect(steps(program, [boundary(1, file(1)), boundary(2)])).toEqual(['0', null]);
  });
});

test('an inspection hands out the model of that moment', async () => {
  const seen: { file: Uint8Array; stage: number }[] = [];
  const onInspected = (bytes: Uint8Array, stage: number) => seen.push({ file: bytes, stage });
  const { models } = await finish(program, dataset, { control: everyStep(), onInspected });
  expect(new Set(seen.map(({ stage }) => stage))).toEqual(new Set([0, 2]));
  for (const { file } of seen) expect(readModelFile(file).meta).toMatchObject({ model: 'mlp' });
  // The weights move between two inspections.
  expect(seen[0]?.file).not.toEqual(seen[1]?.file);
  expect(seen[0]?.file).not.toEqual(models[0]);
});
