import { datasetShape } from '../methods/data';
import { buildModel } from '../methods/models/registry';
import { parametersOf } from '../operators/layers';
import { size } from '../operators/operator';
import type { KeptRun } from '../results/kept-run';
import { sameBlock } from '../settings/block';
import type { BackendName, StageSummary } from '../types/events';
import type { Experiment } from '../types/experiment';
import { stepsToTrain } from './order';
import type { SweepPoint } from './sweep';

/** What a sweep takes, before it is begun. */
export interface SweepCost {
  readonly runs: number;
  /** Training steps in all, shared stages counted once. */
  readonly steps: number;
  /** null while nothing like it has run on this backend. */
  readonly seconds: number | null;
  /** What is saved of the runs, in bytes. */
  readonly keptBytes: number;
  /** Weights, gradients and optimizer of one run, in bytes; null for own images. */
  readonly trainingBytes: number | null;
}

/** What a run takes, measured. */
export interface Pace {
  readonly secondsPerStep: number;
  /** Storing, reading back and testing the model. */
  readonly secondsPerRun: number;
}

/** JSON of a run without its predictions, about; predictions take 4 ÷ 3 bytes for each of 10,000 images. */
const RUN_BYTES = 12_000 + 13_400;
/** A weight, its gradient and two moments, float32. */
const BYTES_PER_WEIGHT = 16;

export function sweepCost(points: readonly SweepPoint[], pace: Pace | null): SweepCost {
  const possible = points.filter(({ problem }) => problem === '');
  const steps = stepsToTrain(points);
  return {
    runs: possible.length,
    steps,
    seconds: pace && steps * pace.secondsPerStep + possible.length * pace.secondsPerRun,
    keptBytes: possible.length * RUN_BYTES,
    trainingBytes: possible.reduce<number | null>((most, { experiment }) => larger(most, weightBytes(experiment)), null),
  };
}

/** Seconds of a step and of a test, from stages of the same network that ran on this backend; null if there are none. */
export function paceOf(
  experiment: Experiment,
  backend: BackendName | undefined,
  runs: Iterable<KeptRun>,
  own: readonly StageSummary[],
): Pace | null {
  const summaries = [...own];
  for (const { record } of runs) {
    if (record.backend.name !== backend || !sameNetwork(record.experiment, experiment)) continue;
    summaries.push(...record.stages);
  }
  const trained = summaries.filter(({ steps }) => steps > 0);
  const steps = sum(trained.map((stage) => stage.steps));
  if (steps === 0) return null;
  const others = summaries.filter((stage) => stage.steps === 0);
  return {
    secondsPerStep: sum(trained.map(({ seconds }) => seconds)) / steps,
    secondsPerRun: others.length > 0 ? sum(others.map(({ seconds }) => seconds)) / others.length : 0,
  };
}

/** Steps of one take as long as those of the other, but for batches and quantizers. */
export function sameNetwork(a: Experiment, b: Experiment): boolean {
  return sameBlock(a.model, b.model) && a.data.dataset === b.data.dataset;
}

function weightBytes({ model, data }: Experiment): number | null {
  const shape = datasetShape(data.dataset);
  if (!shape) return null;
  const layers = buildModel(model, shape.input, shape.classes);
  return BYTES_PER_WEIGHT * sum(parametersOf(layers, shape.input).map((parameter) => size(parameter.shape)));
}

function larger(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
