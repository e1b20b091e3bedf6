import { expect, test } from 'vitest';
import { presetById } from '../experiment/program/presets';
import type { RunRecord } from '../experiment/types/events';
import { summarize } from './summary';

const experiment = presetById('mnist-ptq-4bit')?.experiment as RunRecord['experiment'];
const stage = { testLoss: 0.1, valAccuracy: 0.97, seconds: 12 };

const record: RunRecord = {
  experiment,
  url: '#v=1',
  backend: { name: 'wasm', adapter: '', reasons: [] },
  seed: 42,
  steps: 2000,
  testAccuracy: 0.9612,
  valAccuracy: 0.96,
  trainLoss: 0.0412,
  stages: [
    { ...stage, stage: 0, kind: 'train', steps: 2000, testAccuracy: 0.9731, totalBits: 8_532_552 },
    { ...stage, stage: 1, kind: 'quantize', steps: 0, testAccuracy: 0.9612, totalBits: 1_064_800 },
  ],
  ledger: { weights: 266_200, denseBits: 8_531_520, totalBits: 1_064_800, parts: [] },
  digest: 'abc123',
  seconds: 24,
};

test('a run as a table: stages, then what the model is and costs', () => {
  const lines = summarize(record).replaceAll('\u00a0', ' ').split('\n');
  expect(lines).toEqual([
    'lenet-300-100 · mnist · seed 42 · wasm',
    '',
    '   stage     steps  validation     test       size  time',
    '1  train     2,000     97.00 %  97.31 %  8.53 Mbit  12 s',
    '2  quantize      0     97.00 %  96.12 %  1.06 Mbit  12 s',
    '',
    'test accuracy    96.12 %',
    'train loss       0.0412',
    'model file       1,064,800 bits (133 kB), 8.0× smaller than float32',
    'bits per weight  4.00',
    'digest           abc123',
    'link             #v=1',
    '',
  ]);
});

test('a stage in a repeat is named by its place and its round', () => {
  const ticket = presetById('mnist-ticket')?.experiment as RunRecord['experiment'];
  const stages = [0, 3, 15].map((step) => ({ ...stage, stage: step, kind: 'train', steps: 1000, testAccuracy: 0.97, totalBits: 8e6 }));
  const lines = summarize({ ...record, experiment: ticket, stages }).split('\n');
  expect(lines.slice(3, 6).map((line) => line.slice(0, 26).trimEnd())).toEqual([
    '2  train, round 1 of 5  1,',
    '2  train, round 2 of 5  1,',
    '5  train                1,',
  ]);
});

test('a run without training says so', () => {
  expect(summarize({ ...record, trainLoss: null })).toMatch(/train loss +nothing was trained/);
});
