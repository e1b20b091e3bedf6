/** What was measured beside the run: variations of an experiment and their results, stored while the page is open. */
import { create } from 'zustand';
import { toFragment } from '../../experiment/link/url';
import type { Experiment } from '../../experiment/types/experiment';
import type { Measured, Message } from '../../worker/protocol';

/** A variation as the pictures need it. */
export interface MeasuredVariation {
  readonly label: string;
  readonly series: string;
  readonly value: number;
}

export interface Measurement {
  readonly request: number;
  readonly variations: readonly MeasuredVariation[];
  /** In the order of the variations; null for those that are still to come. */
  readonly results: readonly (Measured | null)[];
  readonly status: 'running' | 'done' | 'cancelled';
  /** While it runs: the variation that is being run, and how far it is. */
  readonly at: { readonly index: number; readonly step: number; readonly steps: number; readonly waiting: string } | null;
}

interface MeasureState {
  /** By kind and experiment; see `measureKey`. */
  readonly measurements: Readonly<Record<string, Measurement>>;
}

/** Most measurements in memory: the oldest goes first. */
const KEPT = 24;

export const useMeasure = create<MeasureState>()(() => ({ measurements: {} }));

let requests = 0;

/** The title does not change what is measured. */
export function measureKey(kind: string, experiment: Experiment): string {
  return `${kind} ${toFragment({ ...experiment, name: '' })}`;
}

/** Notes that these variations are going to be measured. @returns the number of the request for the worker */
export function beginMeasurement(key: string, variations: readonly MeasuredVariation[]): number {
  const request = ++requests;
  const measurement: Measurement = { request, variations, results: variations.map(() => null), status: 'running', at: null };
  useMeasure.setState(({ measurements }) => {
    const { [key]: _, ...others } = measurements;
    return { measurements: Object.fromEntries([...Object.entries(others).slice(1 - KEPT), [key, measurement]]) };
  });
  return request;
}

/** Takes a message of the worker; those about something else are ignored. */
export function hearMeasurement(message: Message): void {
  if (message.type === 'measuring') {
    const { index, step, steps, waiting } = message;
    change(message.request, (m) => ({ ...m, at: { index, step, steps, waiting } }));
  } else if (message.type === 'measured') {
    change(message.request, (m) => ({ ...m, results: m.results.with(message.index, message.result) }));
  } else if (message.type === 'measureEnded') {
    change(message.request, (m) => ({ ...m, at: null, status: message.cancelled ? 'cancelled' : 'done' }));
  } else if (message.type === 'fatal') cancelAll();
}

/** The worker is gone, and with it what it was doing. */
function cancelAll(): void {
  for (const { request, status } of Object.values(useMeasure.getState().measurements)) {
    if (status === 'running') change(request, (m) => ({ ...m, at: null, status: 'cancelled' }));
  }
}

function change(request: number, next: (measurement: Measurement) => Measurement): void {
  useMeasure.setState(({ measurements }) => ({
    measurements: Object.fromEntries(Object.entries(measurements).map(([key, m]) => [key, m.request === request ? next(m) : m])),
  }));
}
