import { beforeAll, expect, test } from 'vitest';
import { DatasetError } from '../datasets/types';
import { breakAfter, switchBackend, tensorsHeld } from '../engine/testing/test-backends';
import { finish, quantize, tinyExperiment, train } from '../engine/testing/tiny-run';
import { openTestBackends } from '../engine/testing/wasm-test-backend';
import { toFragment } from '../experiment/link/url';
import { parseKeptRun } from '../experiment/results/kept-run';
import type { Experiment } from '../experiment/types/experiment';
import type { Message, SweepResult } from './protocol';
import { dataset, digestOf, isStatus, lab, playToEnd } from './testing/lab';

beforeAll(openTestBackends);

const ended = (message: Message) => message.type === 'sweepEnded';
const resultsOf = (messages: readonly Message[]): Record<number, SweepResult> =>
  Object.fromEntries(messages.flatMap((message) => (message.type === 'sweepPoint' ? [[message.index, message.result]] : [])));
/** The images of these tests have four classes: they are a person's own. */
const data = { ...tinyExperiment([]).data, dataset: 'own', checksum: 'ab'.repeat(32) };
const program = (bits: number, seed = 1) => tinyExperiment([train({ steps: 20 }), quantize(bits)], { seed, data });
const endless = (bits: number) => tinyExperiment([train({ steps: 100_000 }), quantize(bits)]);

async function alone(experiment: Experiment) {
  await switchBackend('cpu');
  return finish(experiment, dataset, { backendName: 'cpu' });
}

test('each point is a saved run, the same as alone, with the curve of what it shares', async () => {
  const opened = await lab();
  await opened.runner.load(program(8, 9));
  const points = [program(2), program(4), program(2, 2)].map((experiment, i) => ({ index: 10 + i, experiment }));
  opened.runner.sweeper.start('s', points, 3);
  expect(await opened.until(ended)).toMatchObject({ id: 's', start: 3, cancelled: false, problem: '' });
  const results = resultsOf(opened.messages);
  for (const { index, experiment } of points) {
    const result = results[index];
    if (!result || 'failed' in result) throw new Error(`Point ${index} failed.`);
    const { record, losses } = await alone(experiment);
    const run = parseKeptRun(JSON.parse(JSON.stringify(result.run)));
    expect(run).toMatchObject({ id: `s-${index}`, origin: 'live', sweep: { id: 's', index } });
    expect(run.record).toMatchObject({ digest: record?.digest, url: `#${toFragment(experiment)}`, steps: 20 });
    expect(run.curves.loss.step).toHaveLength(20);
    for (const [i, loss] of losses.entries()) expect(run.curves.loss.value[i]).toBeCloseTo(loss, 4);
    expect(run.predicted).not.toBe('');
  }
  const trained = opened.messages.flatMap((m) => (m.type === 'sweepProgress' && m.step === 20 ? [m.index] : []));
  expect(new Set(trained)).toEqual(new Set([10, 12]));
});

test('a failed point is a point; a load does not disturb the sweep', async () => {
  const opened = await lab();
  await opened.runner.load(program(8, 9));
  const bursting = tinyExperiment([train({ steps: 20, optimizer: 'sgd', lr: 1e30 })]);
  opened.runner.sweeper.start(
    's',
    [bursting, program(4)].map((experiment, index) => ({ index, experiment })),
  );
  await opened.runner.load(program(3, 7));
  await opened.until(ended);
  const results = resultsOf(opened.messages);
  expect(results[0]).toMatchObject({ failed: expect.stringMatching(/Lower the learning rate/) });
  expect(results[1]).toHaveProperty('run');
});

test('waits for the run and for measurements, pauses, continues, is cancelled; memory comes back', async () => {
  await switchBackend('cpu');
  const start = tensorsHeld();
  const opened = await lab();
  const at = (waiting: string) => (message: Message) => message.type === 'sweepProgress' && message.waiting === waiting;
  await opened.runner.load(tinyExperiment([train({ steps: 300 })]));
  opened.runner.play();
  opened.runner.sweeper.start('s', [{ index: 0, experiment: endless(2) }]);
  opened.runner.measurer.measure(1, [program(2)]);
  await opened.until(at('the run'));
  await opened.until((message) => message.type === 'measureEnded');
  const stepping = (message: Message) => message.type === 'sweepProgress' && message.step > 0;
  await opened.until(stepping);
  opened.runner.sweeper.pause();
  await opened.until(at('you'));
  const count = opened.messages.length;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(opened.messages).toHaveLength(count);
  opened.runner.sweeper.resume();
  await opened.until(stepping);
  opened.runner.sweeper.cancel();
  expect(await opened.until(ended)).toMatchObject({ cancelled: true });
  await opened.runner.sweeper.ended();
  await opened.runner.reset();
  expect(resultsOf(opened.messages)).toEqual({});
  expect(tensorsHeld()).toBe(start);
});

test('without its data it ends and says why', async () => {
  const opened = await lab('cpu', async () => {
    throw new DatasetError('Open the files.');
  });
  opened.runner.sweeper.start('s', [{ index: 0, experiment: program(2) }]);
  expect(await opened.until(ended)).toMatchObject({ cancelled: false, problem: 'Open the files.' });
  expect(resultsOf(opened.messages)).toEqual({});
});

test('a backend that breaks is left for the next, and the point continues; the run on the screen is as it was', async () => {
  const opened = await lab('any');
  await opened.runner.load(program(8, 9));
  await playToEnd(opened);
  const digest = digestOf(opened);
  const mend = breakAfter(5, 'wasm', 'broken');
  opened.runner.sweeper.start('s', [{ index: 0, experiment: program(2) }]);
  await opened.until(ended);
  mend();
  expect(resultsOf(opened.messages)[0]).toHaveProperty('run');
  expect(digestOf(opened)).toBe(digest);
  opened.runner.play();
  await opened.until(isStatus('done'));
});
