import { expect, test, vi } from 'vitest';
import { presetById } from '../experiment/program/presets';
import { bar, ProgressBar, progressLine } from './progress-bar';
import { advance } from './run-command';

const state = { stage: 1, kind: 'train', step: 500, steps: 2000, msPerStep: 6, waiting: '', loss: 0.25, accuracy: 0.9375 };

test('draws the share in eighths of a cell', () => {
  expect(bar(0)).toBe('░'.repeat(24));
  expect(bar(1)).toBe('█'.repeat(24));
  expect(bar(0.5)).toBe(`${'█'.repeat(12)}${'░'.repeat(12)}`);
  expect(bar(1 / 24 / 2)).toBe(`▌${'░'.repeat(23)}`);
  expect(bar(7)).toBe(bar(1));
});

test('says step, loss, accuracy and time left', () => {
  const line = progressLine(state).replaceAll('\u00a0', ' ');
  expect(line).toContain('② train');
  expect(line).toContain('step 500 of 2,000  loss 0.250  93.8 % right  9.0 s left');
});

test('says the round', () => {
  const from = { ...state, stage: 0, waiting: '' };
  const event = { type: 'stageStarted', stage: 4, kind: 'prune', steps: 0, stepsBefore: 0 } as const;
  const program = presetById('mnist-ticket')?.experiment.stages ?? [];
  expect(progressLine(advance(from, event, program))).toBe('③ prune, round 2 of 5  measuring');
  expect(progressLine(advance(from, event))).toBe('⑤ prune  measuring');
});

test('says a wait in words', () => {
  expect(progressLine({ ...state, waiting: 'compiling' })).toBe('② train  compiling');
});

test('draws on a terminal only, and not too often', () => {
  const write = vi.fn();
  const terminal = { isTTY: true, columns: 40, write } as unknown as NodeJS.WriteStream;
  const drawn = new ProgressBar(terminal);
  drawn.show(state);
  drawn.show(state);
  expect(write).toHaveBeenCalledTimes(1);
  expect(String(write.mock.calls[0]?.[0]).length).toBeLessThan(50);
  drawn.clear();
  drawn.clear();
  expect(write).toHaveBeenCalledTimes(2);

  const file = new ProgressBar({ isTTY: false, write } as unknown as NodeJS.WriteStream);
  file.show(state);
  file.clear();
  expect(write).toHaveBeenCalledTimes(2);
});
