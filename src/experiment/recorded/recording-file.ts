import * as v from 'valibot';
import { LEDGER_KINDS } from '../../numerics/measures/ledger';
import { STEP_LIMIT } from '../program/unroll';

/** A recording as it lies in a file: small, because the page loads it while it starts. */

/** More than this many losses are thinned. */
export const MOST_LOSSES = 2500;
const MOST_STEPS = 1_000_000;
const MOST_INSPECTIONS = 300;
const MOST_BINS = 1024;
/** Inputs of a first layer: as many as the largest own images have pixels. */
const MOST_INPUTS = 65_536;

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 40));
const steps = v.pipe(count, v.maxValue(MOST_STEPS));
const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(finite, v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const text = v.pipe(v.string(), v.maxLength(1000));
const counts = v.pipe(v.array(count), v.minLength(1), v.maxLength(MOST_BINS));

/** Smallest and largest value, and how many are in each of the bins between. */
const latent = v.tuple([finite, finite, counts]);
const stored = v.pipe(
  v.object({
    values: v.pipe(v.array(finite), v.maxLength(MOST_BINS)),
    counts,
    bits: v.pipe(count, v.maxValue(32)),
    kind: v.optional(text),
    scale: v.nullable(finite),
    distinct: count,
    possible: v.nullable(count),
    zeros: count,
  }),
  v.check(({ values, counts: each }) => values.length === each.length),
);
/** Layers with weights, in their order. */
const layers = v.pipe(
  v.array(v.object({ name: text, kernelShape: v.pipe(v.array(count), v.minLength(1), v.maxLength(8)), weights: count })),
  v.minLength(1),
  v.maxLength(100),
);
const inspection = v.object({
  /** Training steps done, over all stages. */
  step: steps,
  /** Index into `ledgers`: most inspections have the ledger of the one before. */
  ledger: count,
  /** The model's layers then, if they were others than at the start: a stage may put several in the place of one. */
  model: v.optional(layers),
  /** In the order of `model`, or else of the file's `layers`. `pruned` is absent where no weight is masked. */
  layers: v.array(v.object({ latent, pruned: v.optional(count), stored: v.nullable(stored) })),
});
const stage = v.object({
  /** Step of the run. */
  stage: v.pipe(count, v.maxValue(STEP_LIMIT - 1)),
  kind: text,
  /** Planned. */
  steps,
  stepsBefore: steps,
  /** Inspections, the last one after the last step; named as in the first version of the file. */
  looks: v.pipe(v.array(inspection), v.minLength(1), v.maxLength(MOST_INSPECTIONS)),
  /** Step, accuracy and mean cross-entropy on `validationImages`; the last one after the last step. */
  validations: v.pipe(v.array(v.tuple([steps, share, finite])), v.minLength(1), v.maxLength(2000)),
  validationImages: count,
  test: v.object({ count, accuracy: share, loss: finite }),
  seconds: v.pipe(finite, v.minValue(0)),
  zeroUpdates: v.optional(v.record(text, share)),
  earlyStop: v.optional(v.object({ step: steps, valLoss: finite, testAccuracy: share })),
  kept: v.optional(
    v.object({ of: count, layers: v.record(text, count), inputs: v.optional(v.pipe(v.array(count), v.maxLength(MOST_INPUTS))) }),
  ),
  removed: v.optional(v.object({ layers: v.record(text, v.object({ kept: count, of: count })), difference: positive, largest: positive })),
  macs: v.optional(count),
  inferenceMs: v.optional(positive),
});

export const recordingSchema = v.object({
  format: v.literal('fewbits-recording'),
  version: v.literal(1),
  /** The experiment, as the fragment of a link. */
  link: v.pipe(v.string(), v.maxLength(20_000)),
  recordedAt: v.pipe(v.string(), v.isoTimestamp()),
  commit: v.pipe(v.string(), v.regex(/^([0-9a-f]{7,40}\+?)?$/)),
  command: text,
  backend: v.object({ name: v.picklist(['webgpu', 'webgl', 'wasm', 'cpu']), adapter: text }),
  weights: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  /** At the start of the run. */
  layers,
  totalSteps: steps,
  /** Loss of the batch of step `every`, 2 × `every`, … */
  losses: v.object({ every: v.pipe(steps, v.minValue(1)), values: v.pipe(v.array(finite), v.maxLength(MOST_LOSSES)) }),
  ledgers: v.pipe(
    v.array(
      v.object({
        weights: count,
        denseBits: count,
        totalBits: count,
        parts: v.pipe(
          v.array(
            v.object({
              name: text,
              kind: v.picklist(LEDGER_KINDS),
              tensor: text,
              bits: count,
            }),
          ),
          v.maxLength(1000),
        ),
      }),
    ),
    v.minLength(1),
    v.maxLength(MOST_INSPECTIONS),
  ),
  stages: v.pipe(v.array(stage), v.minLength(1), v.maxLength(STEP_LIMIT)),
  trainLoss: v.nullable(finite),
  digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  seconds: v.pipe(finite, v.minValue(0)),
});

export type RecordingFile = v.InferOutput<typeof recordingSchema>;
export type StageFile = RecordingFile['stages'][number];
