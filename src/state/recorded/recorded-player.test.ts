import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { toFragment } from '../../experiment/link/url';
import { setField, setStageValue } from '../../experiment/program/edit';
import { moments } from '../../experiment/recorded/timeline';
import { recordingText } from '../../experiment/recorded/write-recording';
import { recordedExperiment, recordingOf } from '../../experiment/testing/recording';
import { useExperiment } from '../experiment/experiment-store';
import { setChange, useBeside } from '../run/beside-store';
import { initialRunState } from '../run/run-state';
import { metrics, receive, useRun } from '../run/run-store';
import { RecordedFiles } from './recorded-files';
import { openRecorded, pause, seekRecorded, toggleRecorded } from './recorded-player';
import { hideRecorded, leaveRecorded, recordedMetrics, useRecorded } from './recorded-run';

const recording = recordingOf();
const places = moments(recording);
const last = places.length - 1;
const served = new Map<string, unknown>([
  ['list.json', { 'one.json': toFragment(recordedExperiment) }],
  ['one.json', JSON.parse(recordingText(recording))],
]);
const files = (own: ReadonlyMap<string, unknown> = served) =>
  new RecordedFiles(async (name) => own.get(name) ?? Promise.reject(new Error('404')));

let close = () => {};
/** What is read is there some microtasks later. */
const settled = () => vi.advanceTimersByTimeAsync(0);

async function open(still = true, from = files()): Promise<void> {
  close = openRecorded(from, still);
  await settled();
}

beforeEach(() => {
  vi.useFakeTimers();
  useExperiment.setState({ experiment: recordedExperiment, rest: {} });
  useRun.setState(initialRunState, true);
  metrics.truncate(0, 0);
});

afterEach(() => {
  close();
  hideRecorded();
  useRecorded.setState({ left: [], begun: false });
  useBeside.setState({ change: null });
  vi.useRealTimers();
});

const shown = () => useRecorded.getState().shown;

describe('playing', () => {
  test('the first recording plays by itself to its end, stage by stage, and stays there', async () => {
    await open(false);
    expect(shown()).toMatchObject({ index: 0, playing: true, run: { test: null, totalSteps: 60 } });
    const whole = places.slice(0, -1).reduce((sum, _, i) => sum + pause(places, i), 0);
    await vi.advanceTimersByTimeAsync(whole - 1);
    expect(shown()?.index).toBe(last - 1);
    expect(shown()?.run.test?.accuracy).toBe(0.9123);
    await vi.advanceTimersByTimeAsync(1);
    expect(shown()).toMatchObject({ index: last, playing: false });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(shown()?.index).toBe(last);
    expect(shown()?.run).toMatchObject({ test: { accuracy: 0.8765 }, ledger: { totalBits: 120 }, record: { digest: 'ab'.repeat(32) } });
  });

  test('where motion is unwelcome the end is shown at once', async () => {
    await open();
    expect(shown()).toMatchObject({ index: last, playing: false });
  });

  test('a moment is the same wherever one comes from', async () => {
    await open();
    const seen = places.map((_, index) => {
      seekRecorded(index);
      return { run: shown()?.run, loss: [...recordedMetrics.loss.subarray(0, recordedMetrics.steps)], at: recordedMetrics.evaluations };
    });
    for (const index of [...places.keys()].toReversed()) {
      seekRecorded(index);
      expect(shown()?.run).toEqual(seen[index]!.run);
      expect([...recordedMetrics.loss.subarray(0, recordedMetrics.steps)]).toEqual(seen[index]!.loss);
      expect(recordedMetrics.evaluations).toEqual(seen[index]!.at);
      expect(recordedMetrics.steps).toBe(places[index]!.globalStep);
    }
  });

  test('the play button pauses, continues, and starts over at the end', async () => {
    await open(true);
    toggleRecorded();
    expect(shown()).toMatchObject({ index: 0, playing: true });
    await vi.advanceTimersByTimeAsync(pause(places, 0));
    toggleRecorded();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(shown()).toMatchObject({ index: 1, playing: false });
    toggleRecorded();
    seekRecorded(7);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(shown()).toMatchObject({ index: 7, playing: false });
  });
});

describe('the live run', () => {
  test('is never touched by the recording', async () => {
    await open();
    expect(useRun.getState()).toBe(initialRunState);
    expect(metrics.steps).toBe(0);
  });

  test('takes the place at once, and for good', async () => {
    await open(false);
    leaveRecorded();
    expect(shown()).toBeNull();
    expect(recordedMetrics.steps).toBe(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(shown()).toBeNull();
    useExperiment.setState({ experiment: setField(recordedExperiment, 'seed', 7) });
    useExperiment.setState({ experiment: recordedExperiment });
    await settled();
    expect(shown()).toBeNull();
  });

  test('that began somehow takes it too', async () => {
    await open();
    receive({ type: 'events', events: recording.events.slice(0, 2) });
    expect(shown()).toBeNull();
  });

  test('asked for before the recording has come, it is not covered by it', async () => {
    close = openRecorded(files(), false);
    leaveRecorded();
    await settled();
    expect(shown()).toBeNull();
  });
});

describe('which recording', () => {
  test('an edit takes it away; the same experiment has it again, at rest', async () => {
    await open(false);
    useExperiment.setState({ experiment: setStageValue(recordedExperiment, 1, 'bits', 3) });
    expect(shown()).toBeNull();
    await settled();
    expect(shown()).toBeNull();
    useExperiment.setState({ experiment: { ...recordedExperiment, name: 'under another name' } });
    await settled();
    expect(shown()).toMatchObject({ playing: false, index: last });
  });

  test('a passport in the link, or a comparison, asks for a live run', async () => {
    useExperiment.setState({ rest: { passport: '0123456789abcdef.9000.wasm' } });
    await open();
    expect(shown()).toBeNull();
    useExperiment.setState({ rest: {} });
    await settled();
    expect(shown()).not.toBeNull();
    setChange({ stage: 1, kind: 'quantize', key: 'bits', value: 3, label: '3 bits' });
    expect(shown()).toBeNull();
  });

  test.each([
    ['no list', new Map()],
    ['a list that is none', new Map([['list.json', ['one.json']]])],
    ['a list of other places', new Map([['list.json', { '../../secret': toFragment(recordedExperiment) }]])],
    ['no file', new Map([...served].slice(0, 1))],
    ['a file that is no recording', new Map([...served, ['one.json', { format: 'fewbits-recording' }]])],
    ['a file of another experiment', new Map([...served, ['list.json', { 'one.json': 'v=1&d=mnist&m=mlp&train' }]])],
  ] as readonly [string, Map<string, unknown>][])('%s: the page is as it would be without', async (_, own) => {
    await open(true, files(own));
    expect(shown()).toBeNull();
  });

  test('a file whose experiment is not the one that the list says is not played', async () => {
    const other = { ...recordedExperiment, seed: 3 };
    useExperiment.setState({ experiment: other });
    await open(true, files(new Map([...served, ['list.json', { 'one.json': toFragment(other) }]])));
    expect(shown()).toBeNull();
  });
});
