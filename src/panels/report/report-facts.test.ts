import { describe, expect, test } from 'vitest';
import { toFragment } from '../../experiment/link/url';
import { setField, setOwnData } from '../../experiment/program/edit';
import { presetById } from '../../experiment/program/presets';
import { toBase64 } from '../../experiment/results/base64';
import { keptRunOf } from '../../experiment/testing/kept-run';
import { dataSentence, ledgerRows, modelSentence, originSentence, remake, stageStarts, unchangedSentence } from './report-facts';

const run = keptRunOf();
const { experiment } = run.record;
const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const on = (name: 'webgpu' | 'webgl' | 'wasm' | 'cpu') => keptRunOf({}, { backend: { name, adapter: '', reasons: [] } });

describe('the sentences of a report', () => {
  test('say where a run comes from', () => {
    expect(originSentence(run)).toBe('Run live in this browser.');
    expect(originSentence({ ...run, origin: 'imported', sweep: { id: 's', index: 4 } })).toBe('Imported from a file, run 5 from a sweep.');
    expect(originSentence({ ...run, origin: 'recorded', command: 'npm run record', commit: 'abc123' })).toBe(
      'Recorded earlier by npm run record, at commit abc123.',
    );
    expect(originSentence({ ...run, origin: 'recorded' })).toBe('Recorded earlier by the command line.');
  });

  test('name data and model', () => {
    expect(dataSentence(experiment.data, toBase64(new Uint8Array(10_000)))).toBe('MNIST, pixels standardized; tested on 10,000 images.');
    expect(dataSentence(experiment.data, '')).toBe('MNIST, pixels standardized.');
    expect(dataSentence(setOwnData(experiment, 'a'.repeat(64)).data, '')).toContain(`SHA-256 ${'a'.repeat(64)}`);
    const layer = { layer: 'fc1', latent: { min: 0, max: 1, counts: [1] }, stored: null };
    expect(modelSentence({ ...run, weights: [layer, { ...layer, layer: 'fc2' }] })).toBe('LeNet-300-100: 20 weights in fc1 and fc2.');
    expect(modelSentence(run)).toBe('LeNet-300-100: 20 weights.');
  });

  test('give the command that makes the run again, where there is one', () => {
    expect(remake(on('wasm')).command).toBe(`npm run -s lab -- run '#${toFragment(experiment)}'`);
    expect(remake(on('webgpu')).command).toMatch(/' --backend webgpu$/);
    expect(remake(on('cpu')).command).toMatch(/' --backend cpu$/);
    expect(remake(on('webgl'))).toEqual({ command: null, words: expect.stringContaining('&backend=webgl') });
    expect(remake(keptRunOf({}, { experiment: setOwnData(experiment, 'a'.repeat(64)) })).command).toBeNull();
  });

  test('the command is one word for a shell whatever the title is', () => {
    const named = setField(experiment, 'name', 'it\'s ~ $(a) `b` "c" \\');
    const command = remake(keptRunOf({}, { experiment: named })).command ?? '';
    expect(command.split("'")).toHaveLength(3);
  });

  test('add up the ledger, and say where it does not', () => {
    const part = (bits: number) => ({ name: 'w', kind: 'codes', tensor: 'w', bits }) as const;
    expect(ledgerRows({ weights: 1, denseBits: 64, totalBits: 24, parts: [part(16), part(0), part(8)] })).toEqual({
      rows: [part(16), part(8)],
      sum: 24,
      problem: '',
    });
    expect(ledgerRows({ weights: 1, denseBits: 64, totalBits: 25, parts: [part(24)] }).problem).toContain('25 bits');
  });

  test('tell where stages began and what their last step left alone', () => {
    const [stage] = run.record.stages;
    if (!stage) throw new Error('no stage');
    expect(stageStarts([stage, { ...stage, stage: 1, steps: 0 }, { ...stage, stage: 3, steps: 5 }])).toEqual([
      { place: 1, from: 0 },
      { place: 2, from: 10 },
      { place: 4, from: 10 },
    ]);
    const program = presetById('mnist-ticket')?.experiment.stages;
    expect(stageStarts([stage, { ...stage, stage: 4 }], program).map(({ place }) => place)).toEqual([2, 3]);
    expect(unchangedSentence(stage)).toBe('');
    expect(plain(unchangedSentence({ ...stage, zeroUpdates: { w: 0.5 } }))).toBe('The last step left unchanged: w 50.0 %.');
  });
});
