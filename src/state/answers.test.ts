import { beforeEach, describe, expect, test } from 'vitest';
import type { createAnswersClient } from '../worker/client-answers';
import type { Command, Message, RunModel } from '../worker/protocol';
import type { AnswersCommand, AnswersMessage } from '../worker/protocol-answers';
import { AnswersWatch, useAnswers } from './answers';

const input = { scale: [1], shift: [0] };
const facts = (bytes: number) => ({ bytes, bits: null });
const model = (id: string, step: number, bytes?: Uint8Array): RunModel => ({
  id,
  step,
  live: false,
  recorded: false,
  ...(bytes ? { bytes } : {}),
});
const image = (mark: number) => Uint8Array.of(mark);
const answers = (mark: number) => ({ float: Float64Array.of(mark), squeezed: null });

/** A watch between two workers that say only what the test makes them say. */
function opened() {
  const asked: Command[] = [];
  const sent: AnswersCommand[] = [];
  let hear = (_message: AnswersMessage) => {};
  let stop = (_why: string) => {};
  const start: typeof createAnswersClient = (onMessage, onTrouble) => {
    hear = onMessage;
    stop = onTrouble;
    return { send: (command) => sent.push(command) };
  };
  const watch = new AnswersWatch((command) => asked.push(command), start);
  const models = (float: RunModel | null, squeezed: RunModel | null, request = asked.length) =>
    watch.receive({ type: 'models', request, models: { float, squeezed }, input });
  return { watch, asked, sent, models, hear: (message: AnswersMessage) => hear(message), stop: (why: string) => stop(why) };
}

const stageDone = { type: 'events', events: [{ type: 'stageDone' }] } as unknown as Message;

beforeEach(() => useAnswers.setState({ models: { float: null, squeezed: null }, answers: { float: null, squeezed: null }, problem: '' }));

describe('the models', () => {
  test('are asked for while somebody looks, at once and when the run may have others', () => {
    const { watch, asked, models } = opened();
    watch.receive(stageDone);
    expect(asked).toEqual([]);
    const leave = watch.watch();
    expect(asked).toEqual([{ type: 'models', request: 1, have: [] }]);
    models(null, null);
    watch.receive({ type: 'events', events: [] });
    expect(asked.length).toBe(1);
    watch.receive(stageDone);
    expect(asked.length).toBe(2);
    models(null, null);
    leave();
    watch.receive(stageDone);
    expect(asked.length).toBe(2);
  });

  test('one request is on its way at a time; what happens meanwhile is asked for once afterwards', () => {
    const { watch, asked, models } = opened();
    watch.watch();
    for (let i = 0; i < 5; i++) watch.receive(stageDone);
    expect(asked.length).toBe(1);
    models(null, null);
    expect(asked.length).toBe(2);
    models(null, null);
    expect(asked.length).toBe(2);
  });

  test('a new engine is asked anew, and the answer of the old one is not taken', () => {
    const { watch, asked, sent, models } = opened();
    watch.watch();
    watch.receive({ type: 'backend', backend: { name: 'cpu', adapter: '', reasons: [] } });
    watch.receive(stageDone);
    expect(asked.length).toBe(2);
    models(model('old', 0, image(1)), null, 1);
    expect(sent).toEqual([]);
    models(model('new', 0, image(2)), null, 2);
    expect(sent).toEqual([{ type: 'model', side: 'float', id: 'new', input, bytes: image(2) }]);
  });

  test('a file is given once; what it says of itself is shown with the step that left it', () => {
    const { watch, asked, sent, models, hear } = opened();
    watch.watch();
    models(model('a', 0, image(1)), model('b', 1, image(2)));
    expect(sent.length).toBe(2);
    expect(useAnswers.getState().models).toEqual({ float: null, squeezed: null });
    hear({ type: 'opened', side: 'float', id: 'a', model: facts(1) });
    hear({ type: 'opened', side: 'squeezed', id: 'b', model: facts(2) });
    expect(useAnswers.getState().models.float).toEqual({ ...facts(1), step: 0, live: false, recorded: false });
    watch.receive(stageDone);
    expect(asked.at(-1)).toEqual({ type: 'models', request: 2, have: ['a', 'b'] });
    models(model('a', 0), model('c', 2, image(3)));
    expect(sent.length).toBe(3);
    // The new file is not read yet.
    expect(useAnswers.getState().models).toEqual({ float: { ...facts(1), step: 0, live: false, recorded: false }, squeezed: null });
    // What an earlier file said comes late: it is not taken for the new one.
    hear({ type: 'opened', side: 'squeezed', id: 'b', model: facts(2) });
    expect(useAnswers.getState().models.squeezed).toBeNull();
    hear({ type: 'opened', side: 'squeezed', id: 'c', model: facts(3) });
    expect(useAnswers.getState().models.squeezed).toEqual({ ...facts(3), step: 2, live: false, recorded: false });
  });

  test('one that is gone leaves its side', () => {
    const { watch, sent, models, hear } = opened();
    watch.watch();
    models(model('a', 0, image(1)), model('b', 1, image(2)));
    hear({ type: 'opened', side: 'squeezed', id: 'b', model: facts(2) });
    watch.receive({ type: 'loaded', keptStages: 1, keptSteps: 5 });
    models(model('a', 0), null);
    expect(sent.at(-1)).toEqual({ type: 'model', side: 'squeezed', id: '', input });
    expect(useAnswers.getState().models.squeezed).toBeNull();
  });

  test('a file that cannot be run, and a worker that stops, are said', () => {
    const { watch, models, hear, stop } = opened();
    watch.watch();
    models(model('a', 0, image(1)), null);
    hear({ type: 'refused', side: 'float', id: 'a', message: 'The file is damaged.' });
    expect(useAnswers.getState()).toMatchObject({ problem: 'The file is damaged.', models: { float: null } });
    stop('');
    expect(useAnswers.getState().problem).toContain('Reload the page');
  });
});

describe('the answers', () => {
  const asks = (sent: readonly AnswersCommand[]) => sent.flatMap((command) => (command.type === 'ask' ? [[...command.pixels]] : []));

  test('of many images in a short time the last one is answered', () => {
    const { watch, sent, hear } = opened();
    watch.watch();
    for (const mark of [1, 2, 3]) watch.show(image(mark));
    expect(asks(sent)).toEqual([[1]]);
    hear({ type: 'answers', request: 1, answers: answers(1) });
    expect(useAnswers.getState().answers).toEqual(answers(1));
    expect(asks(sent)).toEqual([[1], [3]]);
    hear({ type: 'answers', request: 2, answers: answers(3) });
    expect(useAnswers.getState().answers).toEqual(answers(3));
    expect(asks(sent).length).toBe(2);
  });

  test('no image has no answer, not even one that comes late', () => {
    const { watch, hear } = opened();
    watch.watch();
    watch.show(image(1));
    watch.show(null);
    hear({ type: 'answers', request: 1, answers: answers(1) });
    expect(useAnswers.getState().answers).toEqual({ float: null, squeezed: null });
  });

  test('another model answers for the image that is there', () => {
    const { watch, sent, models, hear } = opened();
    watch.watch();
    watch.show(image(4));
    hear({ type: 'answers', request: 1, answers: answers(1) });
    models(model('a', 0, image(1)), null);
    hear({ type: 'opened', side: 'float', id: 'a', model: facts(1) });
    expect(asks(sent)).toEqual([[4], [4]]);
  });
});
