import { beforeAll, expect, test } from 'vitest';
import { switchBackend as useDirectly } from '../engine/testing/test-backends';
import { finish, quantize, tinyExperiment, train } from '../engine/testing/tiny-run';
import { openTestBackends } from '../engine/testing/wasm-test-backend';
import type { Message } from './protocol';
import { closeLab, dataset, digestOf, eventsOf, hasEvent, isStatus, lab, lossesOf, playToEnd, statuses } from './testing/lab';

beforeAll(openTestBackends);

const backendsOf = (messages: readonly Message[]) => messages.flatMap((m) => (m.type === 'backend' ? [m.backend.name] : []));

test('a run that plays goes on with another backend from where it is, and ends', async () => {
  const opened = await closeLab();
  const experiment = tinyExperiment([train({ steps: 60 }), quantize(4), train({ steps: 10 })]);
  await opened.runner.load(experiment);
  opened.runner.play();
  await opened.until(hasEvent('metrics', 0));
  await opened.runner.switchBackend('wasm');
  await opened.until(isStatus('done'));
  expect(backendsOf(opened.messages)).toEqual(['cpu', 'wasm']);
  await useDirectly('cpu');
  const { losses } = await finish(experiment, dataset, { backendName: 'cpu' });
  const seen = lossesOf(opened.messages);
  // Every step once: nothing is trained again, and nothing is left out.
  expect(seen).toHaveLength(losses.length);
  for (const [i, loss] of losses.entries()) expect(seen[i]).toBeCloseTo(loss, 2);
  expect(eventsOf(opened.messages).find(({ type }) => type === 'done')).toMatchObject({ record: { backend: { name: 'wasm' } } });
});

test('one that rests stays at rest; the one in use is not opened again', async () => {
  const opened = await lab('cpu');
  await opened.runner.load(tinyExperiment([train({ steps: 4 })]));
  await opened.runner.switchBackend('cpu');
  await opened.runner.switchBackend('wasm');
  expect(statuses(opened).at(-1)).toBe('idle');
  expect(statuses(opened)).not.toContain('running');
  expect(backendsOf(opened.messages)).toEqual(['cpu', 'wasm']);
  await playToEnd(opened);
  expect(digestOf(opened)).toBeDefined();
});

test('one that cannot be opened changes nothing, and the reason is said', async () => {
  const opened = await lab('cpu');
  const experiment = tinyExperiment([train({ steps: 4 })]);
  await opened.runner.load(experiment);
  await opened.runner.switchBackend('webgpu');
  await opened.until(hasEvent('warning'));
  expect(eventsOf(opened.messages).find(({ type }) => type === 'warning')).toMatchObject({
    message: expect.stringMatching(/^WebGPU is not available: .*\. The engine is the same as before\.$/),
  });
  expect(backendsOf(opened.messages)).toEqual(['cpu', 'cpu']);
  await playToEnd(opened);
  expect(eventsOf(opened.messages).find(({ type }) => type === 'done')).toMatchObject({ record: { backend: { name: 'cpu' } } });
});

test('a point of a sweep goes on with it too', async () => {
  const opened = await closeLab();
  await opened.runner.load(tinyExperiment([train({ steps: 4 })], { seed: 9 }));
  opened.runner.sweeper.start('s', [{ index: 0, experiment: tinyExperiment([train({ steps: 600 })]) }]);
  await opened.until((m) => m.type === 'sweepProgress' && m.step > 0 && m.step < 600);
  await opened.runner.switchBackend('wasm');
  await opened.until((m) => m.type === 'sweepEnded');
  expect(opened.messages.find((m) => m.type === 'sweepPoint')).toMatchObject({
    result: { run: { record: { backend: { name: 'wasm' } } } },
  });
});
