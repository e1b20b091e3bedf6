/** The lab: the stores, the address and the worker tied together. Panels call these functions; none of them waits. */

import { setField, setOwnData } from '../experiment/program/edit';
import { isSameRun } from '../experiment/program/prefix';
import type { BackendName, RunEvent } from '../experiment/types/events';
import type { DataBlock, Experiment } from '../experiment/types/experiment';
import { createClient, type WorkerClient } from '../worker/client';
import type { Command, Message, TestImages } from '../worker/protocol';
import { edit, pushInterface, readAddress, useExperiment } from './experiment/experiment-store';
import type { FinishedRun } from './kept/keep-finished';
import { leaveRecorded } from './recorded/recorded-run';
import { hearAtHand, nothingAtHand } from './run/at-hand';
import { type Change, changedExperiment, hearBeside, setChange, useBeside, wholeBeside } from './run/beside-store';
import { backendNamed, hearEngine } from './run/engine-choice';
import { beginMeasurement, hearMeasurement, type MeasuredVariation } from './run/measure-store';
import { initialRunState, keepStages } from './run/run-state';
import { emptyCharts, metrics, notify, receive, useRun } from './run/run-store';
import { useSweepSign } from './ui/sweep-sign';

/** An edited experiment reaches the worker this long after the last edit, so that a dragged slider loads once. */
const LOAD_DELAY = 180;

let client: WorkerClient | null = null;
let loadTimer: ReturnType<typeof setTimeout> | null = null;
/** What the worker was last asked to run. */
let loaded: Experiment | null = null;
/** What the worker was last asked to run beside it. */
let accompanied: Experiment | undefined;
/** The name under which the engine saves its run. */
let owner = '';
/** The cost of a step is shown. */
let profiling = false;

/** Whether the run may start now; if not, the person is asked, and `start` is called if they want it. */
let mayStart: (start: () => void) => boolean = () => true;

/** Parts of the page that load later and also receive the worker's messages. */
const listeners = new Set<(message: Message) => void>();

/** Reads the address, starts the worker and keeps both in step with the experiment. Returns the function that ends it. */
export function openLab(): () => void {
  readAddress();
  window.addEventListener('popstate', readAddress);
  window.addEventListener('hashchange', readAddress);
  start();
  const unsubscribe = useExperiment.subscribe((state, before) => {
    if (state.experiment !== before.experiment) loadSoon();
    if (state.rest.backend !== before.rest.backend) client?.send({ type: 'switchBackend', ...chosenBackend() });
  });
  return () => {
    window.removeEventListener('popstate', readAddress);
    window.removeEventListener('hashchange', readAddress);
    unsubscribe();
    client?.stop();
    client = null;
  };
}

/** @param from the engine whose run is to go on */
function start(from?: string): void {
  client = createClient((message) => {
    hearEngine(message);
    receive(message);
    hearBeside(message);
    hearMeasurement(message);
    hearAtHand(message);
    for (const listener of listeners) listener(message);
    if (message.type === 'besideEvents')
      for (const event of message.events) if (event.type === 'done') save({ done: event, ...wholeBeside(), layers: null, beside: true });
    if (message.type === 'events' || message.type === 'replay')
      for (const event of message.events) if (event.type === 'done') keep(event, message.type === 'replay');
    if (message.type === 'filesRead') {
      const { experiment } = useExperiment.getState();
      const { dataset, checksum } = experiment.data;
      if (dataset === 'own' && checksum !== message.dataset.checksum)
        notify(
          'warning',
          'These files differ from those of the experiment.',
          'It uses the new files from now on; Back returns to the original link.',
        );
      edit(setOwnData(experiment, message.dataset.checksum));
      // The same experiment, perhaps, but now its data is there.
      loaded = null;
      load();
    }
  });
  owner = [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join('-');
  client.send({ type: 'init', dataUrl: new URL('data/', document.baseURI).href, owner, ...chosenBackend() });
  if (profiling) client.send({ type: 'profile', on: true });
  load();
  if (from) resume(useExperiment.getState().experiment, from);
}

/** Goes on with a run that another engine saved, instead of what is on the screen. @param from that engine's name */
export function resume(experiment: Experiment, from: string): void {
  leaveRecorded();
  if (!isSameRun(experiment, useExperiment.getState().experiment)) edit(experiment);
  loadNow();
  setChange(null);
  useRun.setState({ queued: true });
  client?.send({ type: 'resume', experiment: useExperiment.getState().experiment, owner: from });
}

/** The name under which the engine saves its run. */
export function engineName(): string {
  return owner;
}

/** The backend that the address asks for, if it is one. */
function chosenBackend(): { readonly backend?: BackendName } {
  const { backend } = useExperiment.getState().rest;
  const known = backendNamed(backend);
  if (backend && !known) notify('warning', `There is no backend "${backend}": the best available one is used.`);
  return known ? { backend: known } : {};
}

/** Computes with another backend from now on. The run continues from its last checkpoint; Back returns to the one before. */
export function chooseBackend(name: BackendName): void {
  // What was edited last belongs to the run that continues.
  loadNow();
  pushInterface('backend', name);
}

/**
 * Keeps a run that is done. What it takes is held fast now: the next edit would cut it back.
 * @param again it had come to its end before
 */
function keep(done: Extract<RunEvent, { type: 'done' }>, again: boolean): void {
  const { steps, loss, evaluations } = metrics;
  const { test, inspection } = useRun.getState();
  save({ done, again, losses: loss.slice(0, steps), evaluations, test, layers: inspection?.layers ?? null });
}

function save(finished: Omit<FinishedRun, 'at'>): void {
  const run = { ...finished, at: new Date() };
  import('./kept/keep-finished').then(
    ({ keepFinished }) => keepFinished(run),
    () => notify('warning', 'This run is not saved: a part of the page could not be loaded.', 'Its results remain until the next run.'),
  );
}

/** Hands every message of the worker to this function too, from now on. */
export function listen(listener: (message: Message) => void): void {
  listeners.add(listener);
}

/** Asks this before a run is started, from now on. */
export function guardStarts(guard: (start: () => void) => boolean): void {
  mayStart = guard;
}

/** Sends a command that has no function of its own here. */
export function send(command: Command): void {
  client?.send(command);
}

/** Restarts the engine after a crash; the experiment stays. @param from the engine whose run goes on; else it is offered */
export function restart(from?: string): void {
  client?.stop();
  useRun.setState({ ...initialRunState });
  nothingAtHand();
  emptyCharts();
  setChange(null);
  loaded = null;
  start(from);
}

/** Runs, or runs on. While the engine gets ready the request is stored and shown. */
export function play(): void {
  if (!mayStart(play)) return;
  leaveRecorded();
  loadNow();
  useRun.setState(({ status }) => ({ queued: status !== 'running' }));
  client?.send({ type: 'play' });
}

export function pause(): void {
  useRun.setState({ queued: false });
  client?.send({ type: 'pause' });
}

export function togglePlay(): void {
  const { status, queued } = useRun.getState();
  if (status === 'running' || queued) pause();
  else play();
}

/** One training step, or one stage without training. */
export function step(): void {
  if (!mayStart(step)) return;
  leaveRecorded();
  loadNow();
  client?.send({ type: 'step', steps: 1 });
}

/** Back to the start with the same initial weights. */
export function reset(): void {
  loadNow();
  emptyCharts();
  setChange(useBeside.getState().change);
  useRun.setState((state) => ({ ...keepStages(state, 0), queued: false }));
  client?.send({ type: 'reset' });
}

/** From the start to the end once more: the same numbers. */
export function runAgain(): void {
  reset();
  play();
}

/** Another seed: other initial weights, batch order and split. */
export function newSeed(): void {
  const { experiment } = useExperiment.getState();
  const seed = crypto.getRandomValues(new Uint16Array(1))[0] ?? 0;
  edit(setField(experiment, 'seed', seed));
}

/** Runs the experiment with this change beside the run, in lock-step; null ends that. A finished run is caught up with at once. */
export function compare(change: Change | null): void {
  leaveRecorded();
  loadNow();
  setChange(change);
  accompanied = changedExperiment(useExperiment.getState().experiment, change);
  client?.send({ type: 'accompany', ...(accompanied ? { beside: accompanied } : {}) });
  if (accompanied && useRun.getState().status === 'done') play();
}

/** Measures variations of the experiment, while the run rests. @param key what they are, and of which experiment */
export function measure(key: string, variations: readonly (MeasuredVariation & { readonly experiment: Experiment })[]): void {
  loadNow();
  const request = beginMeasurement(
    key,
    variations.map(({ label, series, value }) => ({ label, series, value })),
  );
  client?.send({ type: 'measure', request, experiments: variations.map(({ experiment }) => experiment) });
}

export function cancelMeasure(): void {
  client?.send({ type: 'cancelMeasure' });
}

/** Measures a training step now and then while `on`: what the profile shows. */
export function setProfiling(on: boolean): void {
  profiling = on;
  client?.send({ type: 'profile', on });
}

export function openFiles(files: readonly File[]): void {
  if (files.length > 0) client?.send({ type: 'files', files });
}

export function retryData(): void {
  useRun.setState({ dataProblem: null });
  client?.send({ type: 'retryData' });
}

/** The model file after the last finished stage. @throws Error, with a sentence, if there is none */
export async function exportModel(): Promise<Uint8Array> {
  if (!client) throw new Error('The engine is not running.');
  const bytes = await client.exportModel();
  if (bytes.length === 0) throw new Error('It is written when a stage is done.');
  return bytes;
}

/** Labels and some images of a test set. @throws Error, with a sentence, if they cannot be read */
export async function testImages(data: DataBlock, indices: readonly number[]): Promise<TestImages> {
  if (!client) throw new Error('The engine is not running.');
  return client.testImages(data, indices);
}

function loadSoon(): void {
  if (loadTimer !== null) clearTimeout(loadTimer);
  loadTimer = setTimeout(loadNow, LOAD_DELAY);
}

/** Sends an edited experiment at once, if one is waiting. */
function loadNow(): void {
  if (loadTimer === null) return;
  clearTimeout(loadTimer);
  loadTimer = null;
  load();
}

function load(): void {
  const { experiment } = useExperiment.getState();
  if (loaded && isSameRun(loaded, experiment)) return;
  loaded = experiment;
  const { change } = useBeside.getState();
  const before = accompanied;
  accompanied = changedExperiment(experiment, change);
  if (before && accompanied && !isSameRun(before, accompanied)) setChange(change);
  if (change && !accompanied) {
    setChange(null);
    const why = 'program' in change ? 'is the same, or has other images' : 'would be the same, or has no such stage';
    notify('info', `The comparison has ended: with "${change.label}" the edited program ${why}.`);
  }
  // A run that is under way continues with the new program, from the last stage that both share.
  const atOnce = useSweepSign.getState().progress === '';
  client?.send({ type: 'load', experiment, atOnce, ...(accompanied ? { beside: accompanied } : {}) });
}
