/** Plays recorded runs in the place of a live one that has not begun. */
import { isSameRun } from '../../experiment/program/prefix';
import { eventsAt, type Moment, moments } from '../../experiment/recorded/timeline';
import { useExperiment } from '../experiment/experiment-store';
import { useBeside } from '../run/beside-store';
import { dropPrevious, holdPrevious } from '../run/previous-run';
import { afterMessage, initialRunState, type RunState } from '../run/run-state';
import { useRun } from '../run/run-store';
import { viewKeys } from '../ui/views';
import type { RecordedFiles } from './recorded-files';
import { hasLeft, hideRecorded, recordedMetrics, useRecorded } from './recorded-run';

/** A whole recording takes about this long, a stage's end rests for so long, and no moment longer than LONGEST: milliseconds. */
const WHOLE = 12_000;
const REST = 1500;
const LONGEST = 400;
/** What opens a dialog over the page, or a view in its place: while one is open, nothing plays by itself. */
const DIALOGS = ['lab', 'runs', ...viewKeys];

let timer: ReturnType<typeof setTimeout> | null = null;

/**
 * From now on the results show the recording of the current experiment, if there is one, as long as nothing of it was run.
 * @param still motion is unwelcome: nothing plays by itself, and what is shown first is the end
 * @returns the function that ends it
 */
export function openRecorded(files: RecordedFiles, still: boolean): () => void {
  let ended = false;
  const consider = async () => {
    const { experiment } = useExperiment.getState();
    const { shown } = useRecorded.getState();
    const edited = shown && !isSameRun(shown.recording.experiment, experiment);
    if (edited && shown.run.test) holdPrevious(shown.run, shown.recording.experiment.stages, recordedMetrics, true);
    if (edited || (shown && !mayShow())) hide();
    if (useRecorded.getState().shown || !mayShow()) return;
    const recording = await files.find(experiment);
    const now = useExperiment.getState();
    const { shown: other, begun } = useRecorded.getState();
    if (ended || other || !recording || !isSameRun(recording.experiment, now.experiment) || !mayShow()) return;
    const shownMoments = moments(recording);
    dropPrevious();
    const playing = !begun && !still && !DIALOGS.some((key) => now.rest[key] !== undefined);
    useRecorded.setState({ begun: true, shown: { recording, moments: shownMoments, index: 0, playing, run: initialRunState } });
    seek(playing ? 0 : shownMoments.length - 1);
    if (playing) playOn();
  };
  const stops = [useExperiment, useBeside].map((store) => store.subscribe(() => void consider()));
  const stopRun = useRun.subscribe((now, before) => {
    if (isUntouched(now) !== isUntouched(before)) void consider();
  });
  void consider();
  return () => {
    ended = true;
    hide();
    stopRun();
    for (const stop of stops) stop();
  };
}

/** Shows a moment of the recording; playing stops there. */
export function seekRecorded(index: number): void {
  stop();
  seek(index);
}

/** Plays on, from the start if the end is on the screen; or holds. */
export function toggleRecorded(): void {
  const { shown } = useRecorded.getState();
  if (!shown) return;
  if (shown.playing) {
    stop();
    return;
  }
  if (shown.index >= shown.moments.length - 1) seek(0);
  useRecorded.setState(({ shown: now }) => ({ shown: now && { ...now, playing: true } }));
  playOn();
}

/** How long a moment stays when the recording plays, in milliseconds. */
export function pause(shownMoments: readonly Moment[], index: number): number {
  return shownMoments[index]?.ended ? REST : Math.min(LONGEST, Math.round(WHOLE / shownMoments.length));
}

/** Nothing of the experiment was run: there is no live result that the recorded one would replace. */
export function isUntouched({ current, record, queued, status, summaries }: RunState): boolean {
  return current === null && record === null && !queued && status !== 'running' && Object.keys(summaries).length === 0;
}

/** A link with a passport asks for a live run, and so does a comparison. */
function mayShow(): boolean {
  const { experiment, rest } = useExperiment.getState();
  return isUntouched(useRun.getState()) && useBeside.getState().change === null && rest.passport === undefined && !hasLeft(experiment);
}

function hide(): void {
  clearTimer();
  hideRecorded();
}

function stop(): void {
  clearTimer();
  useRecorded.setState(({ shown }) => ({ shown: shown && { ...shown, playing: false } }));
}

function playOn(): void {
  clearTimer();
  const { shown } = useRecorded.getState();
  if (!shown?.playing) return;
  if (shown.index >= shown.moments.length - 1) {
    stop();
    return;
  }
  timer = setTimeout(
    () => {
      const now = useRecorded.getState().shown;
      if (!now?.playing) return;
      seek(now.index + 1);
      playOn();
    },
    pause(shown.moments, shown.index),
  );
}

function clearTimer(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
}

function seek(index: number): void {
  const { shown } = useRecorded.getState();
  const moment = shown?.moments[index];
  if (!shown || !moment) return;
  const events = eventsAt(shown.recording, moment);
  recordedMetrics.truncate(0, 0);
  for (const event of events) recordedMetrics.take(event);
  useRecorded.setState({ shown: { ...shown, index, run: afterMessage(initialRunState, { type: 'events', events }) } });
}
