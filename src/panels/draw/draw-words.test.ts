import { describe, expect, test } from 'vitest';
import { stage } from '../../engine/testing/tiny-run';
import { answerSentence, missingSentence, roundsInputs, squeezedName, whence } from './draw-words';
import { moved } from './pen';
import { disagreements, pageOf } from './test-choice';

const bits = (least: number, most = least) => ({ bits: { least, most } });
const train = stage('train');
const quantize = stage('quantize');
const both = { float: true, squeezed: true };

describe('the two answers in a sentence', () => {
  const said = { float: '7', squeezed: '7', model: bits(2), truth: null };
  test('agreeing, differing, one alone, none', () => {
    expect(answerSentence(said)).toBe('Both say 7.');
    expect(answerSentence({ ...said, squeezed: '2' })).toBe('float32 says 7, the 2‑bit model says 2.');
    expect(answerSentence({ ...said, squeezed: '2', model: bits(2, 8) })).toBe('float32 says 7, the model with 2 to 8 bits says 2.');
    expect(answerSentence({ ...said, squeezed: null })).toBe('float32 says 7.');
    expect(answerSentence({ ...said, float: null, model: { bits: null } })).toBe('The compressed model says 7.');
    expect(answerSentence({ ...said, float: null, squeezed: null })).toBe('');
  });
  test('a test image has a label', () => {
    expect(answerSentence({ ...said, truth: '9' })).toBe('Both say 7. The label of the image is 9.');
  });
});

test('the compressed model is called by its bits', () => {
  expect([bits(1), bits(4), bits(2, 8), { bits: null }, null].map(squeezedName)).toEqual([
    ...['1 bit', '4 bits', '2 to 8 bits', 'compressed', 'compressed'],
  ]);
});

describe('what is missing', () => {
  const none = { float: false, squeezed: false };
  const float = { float: true, squeezed: false };
  test('is said by the stages that bring it', () => {
    expect(missingSentence([train, quantize], none)).toBe(
      'The float32 model answers after ① train, the compressed model after ② quantize.',
    );
    expect(missingSentence([train, quantize], float)).toBe('The compressed model answers after ② quantize.');
    expect(missingSentence([train, quantize], both)).toBe('');
  });
  test('a program may have only one of them', () => {
    expect(missingSentence([train], float)).toBe('No stage of this program compresses, so there is no second model: add a quantize stage.');
    expect(missingSentence([quantize, train], { float: false, squeezed: true })).toBe(
      'This program compresses before it trains, so there is no float32 model to compare with.',
    );
    expect(missingSentence([{ ...train, on: false }, quantize], none)).toContain('The compressed model answers after ② quantize.');
  });
});

test('a model comes from its stage, or is seen inside it', () => {
  const here = { step: 2, live: false, recorded: false };
  expect(whence([train, quantize, train], here)).toBe('after ③ train');
  expect(whence([train, quantize, train], { ...here, live: true })).toBe('during ③ train');
  expect(whence([train, quantize, train], { ...here, step: 0, recorded: true })).toBe('recorded after ① train');
});

test('rounded activations are known from the stages so far', () => {
  const stages = [train, stage('quantize', { activations: 'uniform' }), train];
  expect([0, 1, 2].map((step) => roundsInputs(stages, step))).toEqual([false, true, true]);
  expect(roundsInputs([train, quantize, train], 2)).toBe(false);
});

describe('test images to choose from', () => {
  test('those that two models call differently', () => {
    expect(disagreements([1, 2, 3, 4], Uint8Array.of(1, 0, 3, 9))).toEqual([1, 3]);
  });
  test('come ten on a page, the last page shorter; a page that is not there becomes the last', () => {
    expect(pageOf(null, 23, 2)).toEqual({ page: 2, pages: 3, indices: [20, 21, 22] });
    expect(pageOf([5, 8, 9], 3, 4)).toEqual({ page: 0, pages: 1, indices: [5, 8, 9] });
    expect(pageOf([], 0, 0)).toEqual({ page: 0, pages: 1, indices: [] });
  });
});

describe('the pen by keys', () => {
  const pen = { x: 0.5, y: 0.5, down: false };
  test('arrows move it a pixel of the network, four with Shift, and not beyond the paper', () => {
    expect(moved(pen, 'ArrowLeft', false)).toEqual({ ...pen, x: 0.5 - 1 / 28 });
    expect(moved(pen, 'ArrowDown', true)).toEqual({ ...pen, y: 0.5 + 4 / 28 });
    expect(moved({ ...pen, x: 1 }, 'ArrowRight', true)).toEqual({ ...pen, x: 1 });
  });
  test('Space lowers and lifts it; other keys are not for it', () => {
    expect(moved(pen, ' ', false)).toEqual({ ...pen, down: true });
    expect(moved({ ...pen, down: true }, ' ', false)).toEqual(pen);
    expect(moved(pen, 'a', false)).toBeNull();
    expect(moved(pen, 'toString', false)).toBeNull();
  });
});
