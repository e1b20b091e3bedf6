import * as v from 'valibot';
import { STEP_LIMIT } from '../program/unroll';
import { STAGE_LIMIT } from '../types/experiment';
import { CURVE_POINTS } from './curves';
import { MOST_BINS, MOST_LEVELS } from './kept-weights';

/** Beyond the largest float32 nothing was measured, and no chart can draw it. */
const LARGEST = 3.5e38;
const float = v.pipe(v.number(), v.minValue(-LARGEST), v.maxValue(LARGEST));
const count = v.pipe(v.number(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const whole = v.pipe(count, v.integer());
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const text = v.pipe(v.string(), v.maxLength(20_000));
// JSON has no number for a loss that overflowed, or that was not reported; the browser's database has.
const overflow = v.pipe(
  v.union([v.null(), v.nan(), v.literal(Number.POSITIVE_INFINITY), v.literal(Number.NEGATIVE_INFINITY)]),
  v.transform(() => Number.NaN),
);
const measured = v.union([overflow, float]);
const measuredShare = v.union([overflow, share]);
/** As it is; null where it overflowed. */
const loss = v.union([v.null(), v.nan(), v.literal(Number.POSITIVE_INFINITY), float]);
const curve = (value: typeof measured | typeof measuredShare) =>
  v.pipe(
    v.object({ step: v.array(whole), value: v.array(value) }),
    v.check(({ step, value: values }) => step.length === values.length && step.every((at, i) => i === 0 || at >= (step[i - 1] ?? at))),
  );
const counts = v.pipe(v.array(whole), v.minLength(1));
const layerWeights = v.object({
  layer: text,
  latent: v.pipe(
    v.object({ min: float, max: float, counts }),
    v.check(({ min, max }) => min < max),
  ),
  stored: v.nullable(
    v.pipe(
      v.object({
        values: v.array(float),
        counts,
        step: v.nullable(v.pipe(float, v.gtValue(0))),
        bits: count,
        distinct: whole,
        possible: v.nullable(whole),
        zeros: whole,
      }),
      v.check(
        ({ values, counts: n }) => values.length === n.length && values.every((value, i) => i === 0 || value >= (values[i - 1] ?? value)),
      ),
    ),
  ),
});
const backendName = v.picklist(['webgpu', 'webgl', 'wasm', 'cpu']);

const recordedStart = v.object({
  stages: whole,
  recordedAt: v.pipe(v.string(), v.isoTimestamp()),
  backend: backendName,
  commit: text,
});
const codeUse = { uniqueCodes: whole, codeMin: float, codeMax: float };
/** Inputs of a first layer, at most: as many as the largest own images have pixels. */
const MOST_INPUTS = 65_536;
/** The fields of a saved run, each by itself. What must agree between them is in `agreementProblem`. */
export const keptRunSchema = v.object({
  format: v.literal('fewbits-run'),
  version: v.literal(1),
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  name: text,
  note: text,
  tags: v.optional(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(50)))),
  origin: v.picklist(['live', 'imported', 'recorded']),
  command: text,
  commit: text,
  record: v.object({
    experiment: v.unknown(),
    url: v.string(),
    backend: v.object({ name: backendName, adapter: text, reasons: v.array(text) }),
    seed: whole,
    steps: whole,
    testAccuracy: share,
    valAccuracy: share,
    trainLoss: loss,
    stages: v.array(
      v.object({
        stage: whole,
        kind: text,
        steps: whole,
        valAccuracy: share,
        testAccuracy: share,
        testLoss: loss,
        totalBits: whole,
        seconds: count,
        zeroUpdates: v.optional(v.record(v.string(), share)),
        earlyStop: v.optional(v.object({ step: whole, valLoss: float, testAccuracy: share })),
        kept: v.optional(
          v.object({
            of: whole,
            layers: v.pipe(
              v.record(v.string(), whole),
              v.check((layers) => Object.keys(layers).length <= 64),
            ),
            inputs: v.optional(v.pipe(v.array(whole), v.maxLength(MOST_INPUTS))),
          }),
        ),
        removed: v.optional(
          v.object({
            layers: v.pipe(
              v.record(v.string(), v.object({ kept: whole, of: whole })),
              v.check((layers) => Object.keys(layers).length <= 64),
            ),
            difference: count,
            largest: count,
          }),
        ),
        macs: v.optional(whole),
        inferenceMs: v.optional(count),
      }),
    ),
    ledger: v.object({
      weights: whole,
      denseBits: whole,
      totalBits: whole,
      parts: v.array(v.object({ name: text, kind: text, tensor: text, bits: whole })),
    }),
    nonZeros: v.optional(whole),
    macs: v.optional(whole),
    inferenceMs: v.optional(count),
    codes: v.optional(v.object({ ...codeUse, tensors: v.record(v.string(), v.object(codeUse)) })),
    digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    seconds: count,
    recorded: v.optional(recordedStart),
    backends: v.optional(v.pipe(v.array(backendName), v.maxLength(4))),
  }),
  curves: v.object({ loss: curve(measured), validation: curve(measuredShare) }),
  perClass: v.array(share),
  predicted: v.pipe(v.string(), v.maxLength(1_000_000), v.regex(/^[A-Za-z0-9+/]*=*$/)),
  weights: v.optional(v.array(layerWeights)),
  sweep: v.nullable(v.object({ id: v.string(), index: whole })),
});

/** Most entries of each list, and of each list within one; the longest is checked before anything of it is read. */
const LIMITS: readonly (readonly [path: string, most: number, what: string])[] = [
  ['record.experiment.stages', STAGE_LIMIT, 'stages'],
  ['record.stages', STEP_LIMIT, 'results of stages'],
  ['record.ledger.parts', 20_000, 'parts of the ledger'],
  ['record.backend.reasons', 100, 'reasons for the backend'],
  ['record.codes.tensors', 1000, 'tensors'],
  ['curves.loss.step', 2 * CURVE_POINTS, 'points of the loss'],
  ['curves.loss.value', 2 * CURVE_POINTS, 'points of the loss'],
  ['curves.validation.step', 2 * CURVE_POINTS, 'validations'],
  ['curves.validation.value', 2 * CURVE_POINTS, 'validations'],
  ['perClass', 256, 'classes'],
  ['weights', 64, 'layers'],
  ['tags', 20, 'tags'],
];
const LAYER_LIMITS: typeof LIMITS = [
  ['latent.counts', MOST_BINS, 'bins of a histogram'],
  ['stored.values', MOST_LEVELS, 'levels'],
  ['stored.counts', MOST_LEVELS, 'levels'],
];

/** What a run has too much of, as a sentence; '' if nothing. Looks at lengths only. */
export function oversize(json: unknown): string {
  const own = tooLong(json, LIMITS);
  if (own) return own;
  const layers = at(json, 'weights');
  return Array.isArray(layers) ? (layers.map((layer) => tooLong(layer, LAYER_LIMITS)).find(Boolean) ?? '') : '';
}

function tooLong(json: unknown, limits: typeof LIMITS): string {
  for (const [path, most, what] of limits) {
    const size = sizeOf(at(json, path));
    if (size > most) return `it has ${size.toLocaleString('en-US')} ${what}, and at most ${most.toLocaleString('en-US')} are possible.`;
  }
  return '';
}

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function at(json: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
  }, json);
}
