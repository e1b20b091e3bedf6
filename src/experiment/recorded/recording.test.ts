import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultExperiment } from '../program/defaults';
import { isSameRun } from '../program/prefix';
import { recordedEvents, recordedExperiment, recordingOf } from '../testing/recording';
import { parseRecording, RecordingError } from './parse-recording';
import { RunRecorder, roundStep, stepsBetweenInspections } from './recording';
import { MOST_LOSSES } from './recording-file';
import { recordingText } from './write-recording';

const about = { recordedAt: '2026-11-21T04:00:00.000Z', commit: '', command: '' };
const file = () => JSON.parse(recordingText(recordingOf()));

describe('a recording', () => {
  test('comes back from its file as it was, but for digits, wrong images and predictions', () => {
    const recording = recordingOf();
    const read = parseRecording(file());
    const { events, losses, ...rest } = read;
    expect(rest).toEqual((({ events: _, losses: __, ...others }) => others)(recording));
    expect(isSameRun(read.experiment, recordedExperiment)).toBe(true);
    expect(events.map(({ type }) => type)).toEqual(recording.events.map(({ type }) => type));
    expect(losses).toHaveLength(60);
    for (const [i, loss] of losses.entries()) expect(loss).toBeCloseTo(recording.losses[i]!, 4);
    for (const [i, event] of events.entries()) {
      const before = recording.events[i]!;
      if (event.type === 'inspection' && before.type === 'inspection') {
        expect(event.ledger).toEqual(before.ledger);
        expect(event.layers.map(({ layer, shape }) => [layer, shape])).toEqual(before.layers.map(({ layer, shape }) => [layer, shape]));
        expect(event.layers[0]?.latent.counts).toEqual(before.layers[0]?.latent.counts);
        expect(event.layers[0]?.latent.max).toBeCloseTo(before.layers[0]!.latent.max, 3);
        expect(event.layers[0]?.stored?.counts).toEqual(before.layers[0]?.stored?.counts);
      } else if (event.type === 'test' && before.type === 'test') {
        const { count, accuracy, loss } = before.report;
        expect(event.report).toMatchObject({ count, accuracy, loss, wrong: [] });
      } else expect(event).toEqual(before);
    }
  });

  test('is written and read again without a change', () => {
    const read = parseRecording(file());
    const text = recordingText(read);
    expect(JSON.parse(text)).toEqual(file());
    expect(parseRecording(JSON.parse(text))).toEqual(read);
  });

  test('keeps the layers that a stage puts in the place of others, and what is pruned of them', () => {
    const shapes = [
      ['fc1 left', [4, 2]],
      ['fc1 right', [2, 3]],
      ['fc2', [3, 2]],
    ] as const;
    const events = recordedEvents().map((event) => {
      if (event.type !== 'inspection' || event.stage !== 1) return event;
      const [seen] = event.layers;
      return { ...event, layers: shapes.map(([layer, shape], i) => ({ ...seen!, layer, shape, ...(i === 1 && { pruned: 5 }) })) };
    });
    const json = JSON.parse(recordingText(recordingOf(events)));
    const model = shapes.map(([name, kernelShape]) => ({ name, kernelShape, weights: kernelShape[0] * kernelShape[1] }));
    expect(json.stages[1].looks[0].model).toEqual(model);
    expect(json.stages[0].looks.some((look: object) => 'model' in look)).toBe(false);
    const read = parseRecording(json);
    const [look] = read.events.flatMap((event) => (event.type === 'inspection' && event.stage === 1 ? [event.layers] : []));
    expect(look?.map(({ layer, shape, pruned }) => [layer, shape, pruned])).toEqual(
      shapes.map(([layer, shape], i) => [layer, shape, i === 1 ? 5 : undefined]),
    );
    expect(parseRecording(JSON.parse(recordingText(read)))).toEqual(read);
    json.stages[1].looks[0].model.pop();
    expect(() => parseRecording(json)).toThrow('does not fit the model');
  });

  test('keeps what stages did to the structure, what the network costs, and how levels are stored', () => {
    const told = {
      kept: { of: 18, layers: { 'fc1/kernel': 5 }, inputs: [3, 2, 0, 0] },
      removed: { layers: { fc1: { kept: 2, of: 3 } }, difference: 1e-6, largest: 12.5 },
      ...{ macs: 18, inferenceMs: 0.125 },
    };
    const events = recordedEvents().map((event) => {
      if (event.type === 'stageDone' && event.summary.stage === 1) return { ...event, summary: { ...event.summary, ...told } };
      if (event.type !== 'inspection' || event.stage !== 1) return event;
      return { ...event, layers: event.layers.map((one) => ({ ...one, stored: one.stored && { ...one.stored, kind: 'codebook' } })) };
    });
    const read = parseRecording(JSON.parse(recordingText(recordingOf(events))));
    const [, summary] = read.events.flatMap((event) => (event.type === 'stageDone' ? [event.summary] : []));
    expect(summary).toMatchObject(told);
    const [look] = read.events.flatMap((event) => (event.type === 'inspection' && event.stage === 1 ? [event.layers] : []));
    expect(look?.[0]?.stored?.kind).toBe('codebook');
  });

  test('says nothing of other layers or pruning where there is none', () => {
    expect(recordingText(recordingOf())).not.toMatch(/"model"|"pruned"/);
  });

  test('says each ledger once', () => {
    expect(file().ledgers).toHaveLength(2);
  });

  test('keeps every n-th loss of a long run, and says of which steps', () => {
    fc.assert(
      fc.property(fc.integer({ min: MOST_LOSSES + 1, max: 40_000 }), (steps) => {
        const events = recordedEvents().map((event) => {
          if (event.type === 'stageDone' && event.summary.stage === 0) return { ...event, summary: { ...event.summary, steps } };
          if (event.type === 'started') return { ...event, totalSteps: steps };
          if (event.type === 'stageStarted' && event.stage === 0) return { ...event, steps };
          if (event.type === 'stageStarted') return { ...event, stepsBefore: steps };
          return 'globalStep' in event && event.globalStep === 60 ? { ...event, globalStep: steps } : event;
        });
        const loss = Float32Array.from({ length: steps }, (_, i) => i + 1);
        const recording = recordingOf([
          ...events.slice(0, 3),
          { type: 'metrics', stage: 0, firstStep: 0, loss, accuracy: loss },
          ...events.slice(3).filter(({ type }) => type !== 'metrics'),
        ]);
        const { losses } = parseRecording(JSON.parse(recordingText(recording)));
        const kept = [...losses].filter((value) => !Number.isNaN(value));
        expect(losses).toHaveLength(steps);
        expect(kept.length).toBeLessThanOrEqual(MOST_LOSSES);
        expect(kept.length).toBeGreaterThan(MOST_LOSSES / 3);
        // The loss of step i is i, written with four digits.
        for (const [i, value] of losses.entries())
          if (!Number.isNaN(value)) expect(Math.abs(value - (i + 1))).toBeLessThanOrEqual((i + 1) / 1000);
      }),
      { numRuns: 10 },
    );
  });

  test('is made only of a finished run', () => {
    const recorder = new RunRecorder();
    for (const event of recordedEvents().slice(0, -1)) recorder.take(event);
    expect(() => recorder.recording(about)).toThrow('Only a finished run');
  });
});

describe('what is no recording is refused with a sentence', () => {
  // biome-ignore lint/suspicious/noExplicitAny: a file that anybody may have written
  const cases: readonly (readonly [string, (json: any) => unknown])[] = [
    ['it has another structure', () => 'a text'],
    ['its format', (json) => ({ ...json, format: 'fewbits-run' })],
    ['its version', (json) => ({ ...json, version: 2 })],
    ['its commit', (json) => ({ ...json, commit: '<b>' })],
    ['its digest', (json) => ({ ...json, digest: 'ab' })],
    ['its losses.values', (json) => ({ ...json, losses: { every: 1, values: new Array(MOST_LOSSES + 1).fill(1) } })],
    ['its losses.values.0', (json) => ({ ...json, losses: { every: 1, values: [null] } })],
    ['experiment cannot be read', (json) => ({ ...json, link: 'v=1&d=mnist&m=mlp&train=steps:many' })],
    ['stage 2 is not one of its experiment', (json) => ({ ...json, link: 'v=1&d=mnist&m=mlp&train=steps:60' })],
    ['more steps than', (json) => ({ ...json, losses: { ...json.losses, every: 2 } })],
    ['more steps than', (json) => ({ ...json, totalSteps: 59 })],
    ['does not fit the model', (json) => ({ ...json, layers: json.layers.slice(1) })],
    ['does not fit the model', (json) => ({ ...json, ledgers: json.ledgers.slice(0, 1) })],
    ['steps of its stage 1 are not in order', (json) => withStage(json, { looks: json.stages[0].looks.toReversed() })],
    ['stage 1 has no measured end', (json) => withStage(json, { validations: json.stages[0].validations.slice(0, -1) })],
    ['its stages.0.looks', (json) => withStage(json, { looks: [] })],
  ];

  test.each(cases)('%s', (words, change) => {
    expect(() => parseRecording(change(file()))).toThrow(RecordingError);
    expect(() => parseRecording(change(file()))).toThrow(words);
  });

  test('nothing but the sentence is thrown, whatever it is', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(() => parseRecording(JSON.parse(text))).toThrow(RecordingError);
      }),
    );
  });
});

// biome-ignore lint/suspicious/noExplicitAny: as above
function withStage(json: any, change: object): unknown {
  const [first, ...rest] = json.stages;
  return { ...json, stages: [{ ...first, ...change }, ...rest] };
}

test('steps between inspections and positions are round numbers', () => {
  expect([0, 1, 1.2, 3, 7, 20, 51, 501].map(roundStep)).toEqual([1, 1, 2, 5, 10, 20, 100, 1000]);
  expect(stepsBetweenInspections(defaultExperiment())).toBe(50);
});
