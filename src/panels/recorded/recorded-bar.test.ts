import { expect, test } from 'vitest';
import { presetById } from '../../experiment/program/presets';
import { dateWords, momentWords } from './recorded-bar';

test('a moment names its stage and its step, and says when it was measured', () => {
  const moment = { stage: 0, kind: 'train', step: 1240, steps: 2000, globalStep: 1240, ended: false };
  expect(momentWords(moment)).toBe('① Train · step 1,240 of 2,000');
  const program = presetById('mnist-ticket')?.experiment.stages;
  expect(momentWords({ ...moment, stage: 3 }, program)).toBe('② Train, round 2 of 5 · step 1,240 of 2,000');
  expect(momentWords({ ...moment, step: 2000, ended: true })).toBe('① Train · 2,000 steps, measured');
  expect(momentWords({ ...moment, stage: 1, kind: 'quantize', step: 0, steps: 0 })).toBe('② Quantize');
  expect(momentWords({ ...moment, stage: 1, kind: 'quantize', step: 0, steps: 0, ended: true })).toBe('② Quantize · measured');
});

test('its date is that of the recording, wherever it is read', () => {
  expect(dateWords('2026-11-21T23:30:00.000Z')).toBe('21 November 2026');
});
