import { describe, expect, test } from 'vitest';
import type { TestReport } from '../../experiment/types/events';
import type { Stage } from '../../experiment/types/experiment';
import { bitsPerWeight, type Ledger } from '../../numerics/measures/ledger';
import { figures, fileIsNewer, floatBaseline, type Measured } from './headline-figures';

const stage = (kind: Stage['kind'], on = true): Stage => ({ kind, on });
const report = (accuracy: number): TestReport => ({
  count: 10_000,
  accuracy,
  loss: 1,
  confusion: new Uint32Array(),
  predicted: new Uint8Array(),
  wrong: [],
});
/** LeNet-300-100 at 3 bits: 266,200 codes, three scales, 410 biases, a header of 1,056 bits. */
const ledger: Ledger = { weights: 266_200, denseBits: 32 * 266_610, totalBits: 798_600 + 96 + 13_120 + 1056, parts: [] };

describe('floatBaseline', () => {
  const tests = { 0: report(0.98), 1: report(0.9), 2: report(0.97) };
  test('is the last test before the first quantize stage that is on', () => {
    const summaries = { 0: { steps: 60 }, 1: { steps: 0 }, 2: { steps: 40 } };
    expect(floatBaseline([stage('train'), stage('quantize'), stage('train')], tests, summaries)).toEqual({
      stage: 0,
      accuracy: 0.98,
      steps: 60,
    });
    expect(floatBaseline([stage('quantize', false), stage('train'), stage('quantize')], tests, {})?.accuracy).toBe(0.9);
  });
  test('goes by the steps of the run, each round counted', () => {
    const repeat = { kind: 'repeat', on: true, rounds: 3, of: 1 };
    expect(floatBaseline([repeat, stage('train'), stage('prune')], tests, {})?.accuracy).toBe(0.97);
  });
  test('is nothing where nothing was trained in float, or nothing is quantized', () => {
    expect(floatBaseline([stage('quantize'), stage('train')], tests, {})).toBeNull();
    expect(floatBaseline([stage('train')], tests, {})).toBeNull();
  });
});

const float = (accuracy: number) => ({ stage: 0, accuracy, steps: 2000 });
const none: Measured = { test: null, testStage: null, baseline: null, ledger: null, ledgerStage: null, validation: null };

describe('figures', () => {
  test('counts the whole file', () => {
    expect(bitsPerWeight(ledger)).toBeCloseTo(812_872 / 266_200, 12);
    const shown = figures({ ...none, test: report(0.9066), testStage: 1, baseline: float(0.9016), ledger, ledgerStage: 1 });
    expect(shown.accuracy).toEqual({
      value: '90.7',
      unit: '%',
      note: '0.5 points above float32 after stage 1, 2,000 steps',
      earlier: false,
    });
    expect(shown.bitsPerWeight.value).toBe('3.1');
    expect([shown.smaller.value, shown.smaller.unit]).toEqual(['10.5', '×']);
    expect([shown.file.value, shown.file.unit]).toEqual(['102', 'kB']);
  });

  test('nothing measured is a dash; a validation is called one', () => {
    const shown = figures({ ...none, validation: 0.941 });
    expect([shown.accuracy.value, shown.bitsPerWeight.value, shown.smaller.value, shown.file.value]).toEqual(['–', '–', '–', '–']);
    expect(shown.accuracy.note.replaceAll('\u00a0', ' ')).toBe('validation 94.1 %');
  });

  test('the baseline is not compared with itself, and no change has no sign', () => {
    const note = (accuracy: number, testStage: number) =>
      figures({ ...none, test: report(accuracy), testStage, baseline: float(0.98), ledger, ledgerStage: testStage }).accuracy.note;
    expect(note(0.98, 0)).toBe('');
    expect(note(0.98, 1)).toBe('equal to float32 after stage 1, 2,000 steps');
    expect(note(0.971, 1)).toBe('0.9 points below float32 after stage 1, 2,000 steps');
  });

  test('an accuracy from before the file was changed says after which stage it was measured', () => {
    const during = { ...none, test: report(0.951), testStage: 0, baseline: float(0.951), ledger, ledgerStage: 1 };
    expect(fileIsNewer(during)).toBe(true);
    const shown = figures(during);
    expect([shown.accuracy.value, shown.accuracy.note, shown.accuracy.earlier]).toEqual(['95.1', 'measured after ①', true]);
    expect(shown.file.note).toBe('counted during ②');
    expect(fileIsNewer({ testStage: 1, ledgerStage: 1 })).toBe(false);
    expect(fileIsNewer({ testStage: null, ledgerStage: 0 })).toBe(false);
  });

  test('a pinned run is what all four are compared with', () => {
    const smaller: Ledger = { ...ledger, totalBits: 2 * ledger.totalBits };
    const done = { ...none, test: report(0.9066), testStage: 1, baseline: float(0.9016), ledger, ledgerStage: 1 };
    const notes = (pinned: Measured['pinned']) =>
      Object.values(figures({ ...done, pinned })).map(({ note }) => note.replaceAll('\u00a0', ' '));
    expect(notes({ testAccuracy: 0.9166, ledger: smaller })).toEqual([
      '1.0 points below the baseline',
      '−3.1 vs. baseline',
      '+100 % vs. baseline',
      '−50 % vs. baseline',
    ]);
    expect(notes({ testAccuracy: 0.9066, ledger })).toEqual([
      'equal to the baseline',
      '0.0 vs. baseline',
      '0 % vs. baseline',
      '0 % vs. baseline',
    ]);
    // Of other images: accuracy is compared with this program's own float model.
    expect(notes({ testAccuracy: null, ledger })[0]).toBe('0.5 points above float32 after stage 1, 2,000 steps');
    expect(notes(null)).toEqual(['0.5 points above float32 after stage 1, 2,000 steps', 'including scales and header', '', '']);
  });
});
