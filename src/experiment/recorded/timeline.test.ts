import { describe, expect, test } from 'vitest';
import { recordedEvents, recordingOf } from '../testing/recording';
import { eventsAt, moments } from './timeline';

const recording = recordingOf();
const places = moments(recording);

describe('moments', () => {
  test('go from the start through the training to the end of each stage', () => {
    expect(places[0]).toEqual({ stage: 0, kind: 'train', step: 0, steps: 60, globalStep: 0, ended: false });
    expect(places.map(({ globalStep }) => globalStep)).toEqual([...Array.from({ length: 61 }, (_, i) => i), 60]);
    expect(places.filter(({ ended }) => ended).map(({ stage }) => stage)).toEqual([0, 1]);
  });

  test('a long training has at most a hundred or so, at round steps', () => {
    const events = recordedEvents().map((event) =>
      event.type === 'stageDone' && event.summary.stage === 0 ? { ...event, summary: { ...event.summary, steps: 2000 } } : event,
    );
    const steps = moments(recordingOf(events)).map(({ step }) => step);
    expect(steps.slice(0, 3)).toEqual([0, 20, 40]);
    expect(steps.slice(-3)).toEqual([1980, 2000, 0]);
    expect(steps).toHaveLength(102);
  });
});

describe('what was heard up to a moment', () => {
  const at = (index: number) => eventsAt(recording, places.at(index)!);
  const kinds = (index: number) => at(index).map((event) => event.type);

  test('the start has the first look and nothing measured', () => {
    expect(kinds(0)).toEqual(['started', 'stageStarted', 'inspection']);
  });

  test('the losses end with the step, and nothing later is known', () => {
    for (const [i, place] of places.entries()) {
      const events = at(i);
      for (const event of events) if ('globalStep' in event) expect(event.globalStep).toBeLessThanOrEqual(place.globalStep);
      const losses = events.flatMap((event) => (event.type === 'metrics' ? [...event.loss] : []));
      expect(losses).toEqual([...recording.losses.subarray(0, place.globalStep)]);
    }
    expect(kinds(40)).toEqual(['started', 'stageStarted', 'inspection', 'evaluation', 'inspection', 'evaluation', 'inspection', 'metrics']);
  });

  test('a stage is measured at its end, and the run is done after the last', () => {
    expect(kinds(-3)).not.toContain('test');
    expect(kinds(-2).filter((kind) => kind === 'test')).toHaveLength(1);
    expect(kinds(-2)).not.toContain('done');
    expect(kinds(-1)).toContain('done');
    expect(at(-1).filter((event) => event.type !== 'metrics')).toEqual(recording.events);
  });

  test('a program that begins with a stage without training begins with nothing', () => {
    const events = recordedEvents().filter((event) => !('stage' in event && event.stage === 0));
    const later = recordingOf(events.filter((event) => event.type !== 'stageDone' || event.summary.stage === 1));
    const [first, second] = moments(later);
    expect(eventsAt(later, first!).map(({ type }) => type)).toEqual(['started', 'stageStarted']);
    expect(eventsAt(later, second!).map(({ type }) => type)).toContain('test');
  });
});
