import * as v from 'valibot';
import { toFragment } from '../link/url';
import { parseExperiment } from '../program/validate';
import type { RunRecord } from '../types/events';
import type { Curves } from './curves';
import { type KeptLayer, MOST_BINS, MOST_LEVELS } from './kept-weights';

/** A finished run as it is saved, exported and imported: plain JSON. */
export interface KeptRun {
  readonly format: 'fewbits-run';
  readonly version: 1;
  /** Unique; the same run imported twice is saved once. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Entered by the user; '' for none. */
  readonly name: string;
  readonly note: string;
  /** `recorded`: bundled with the app, made by `command` at `commit`. */
  readonly origin: 'live' | 'imported' | 'recorded';
  readonly command: string;
  readonly commit: string;
  readonly record: RunRecord;
  readonly curves: Curves;
  /** Test accuracy of each class, 0 … 1. */
  readonly perClass: readonly number[];
  /** The predicted class of every test image, one byte each, base64; '' if it was not saved. */
  readonly predicted: string;
  /** The weights of each layer that has weights, in order; absent from runs that were saved before they were. */
  readonly weights?: readonly KeptLayer[];
  /** Its position in a sweep; null for a run of its own. */
  readonly sweep: { readonly id: string; readonly index: number } | null;
}

/** A file that is no run, as one sentence for the user. */
export class KeptRunError extends Error {
  override readonly name = 'KeptRunError';
}

const count = v.pipe(v.number(), v.finite(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const text = v.pipe(v.string(), v.maxLength(20_000));
// JSON has no number for a loss that overflowed, or that was not reported.
const measured = v.pipe(
  v.nullable(v.number()),
  v.transform((value) => value ?? Number.NaN),
);
const curve = v.pipe(
  v.object({ step: v.array(count), value: v.array(measured) }),
  v.check(({ step, value }) => step.length === value.length),
);
const MOST_LAYERS = 64;
const counts = (most: number) => v.pipe(v.array(count), v.minLength(1), v.maxLength(most));
const layerWeights = v.object({
  layer: text,
  latent: v.pipe(
    v.object({ min: v.pipe(v.number(), v.finite()), max: v.pipe(v.number(), v.finite()), counts: counts(MOST_BINS) }),
    v.check(({ min, max }) => min < max),
  ),
  stored: v.nullable(
    v.pipe(
      v.object({
        values: v.array(v.pipe(v.number(), v.finite())),
        counts: counts(MOST_LEVELS),
        step: v.nullable(v.pipe(count, v.gtValue(0))),
        bits: count,
        distinct: count,
        possible: v.nullable(count),
        zeros: count,
      }),
      v.check(
        ({ values, counts: n }) => values.length === n.length && values.every((value, i) => i === 0 || value >= (values[i - 1] ?? value)),
      ),
    ),
  ),
});
const recordedStart = v.object({
  stages: count,
  recordedAt: v.pipe(v.string(), v.isoTimestamp()),
  backend: v.picklist(['webgpu', 'webgl', 'wasm', 'cpu']),
  commit: text,
});
const codeUse = { uniqueCodes: count, codeMin: v.number(), codeMax: v.number() };
const schema = v.object({
  format: v.literal('fewbits-run'),
  version: v.literal(1),
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  name: text,
  note: text,
  origin: v.picklist(['live', 'imported', 'recorded']),
  command: text,
  commit: text,
  record: v.object({
    experiment: v.unknown(),
    url: v.string(),
    backend: v.object({ name: v.picklist(['webgpu', 'webgl', 'wasm', 'cpu']), adapter: text, reasons: v.array(text) }),
    seed: count,
    steps: count,
    testAccuracy: share,
    valAccuracy: share,
    trainLoss: v.nullable(v.number()),
    stages: v.array(
      v.object({
        stage: count,
        kind: text,
        steps: count,
        valAccuracy: share,
        testAccuracy: share,
        testLoss: v.nullable(v.number()),
        totalBits: count,
        seconds: count,
        zeroUpdates: v.optional(v.record(v.string(), share)),
      }),
    ),
    ledger: v.object({
      weights: count,
      denseBits: count,
      totalBits: count,
      parts: v.array(v.object({ name: text, kind: text, tensor: text, bits: count })),
    }),
    nonZeros: v.optional(count),
    macs: v.optional(count),
    inferenceMs: v.optional(count),
    codes: v.optional(v.object({ ...codeUse, tensors: v.record(v.string(), v.object(codeUse)) })),
    digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    seconds: count,
    recorded: v.optional(recordedStart),
  }),
  curves: v.object({ loss: curve, validation: curve }),
  perClass: v.array(share),
  predicted: v.pipe(v.string(), v.maxLength(1_000_000), v.regex(/^[A-Za-z0-9+/]*=*$/)),
  weights: v.optional(v.pipe(v.array(layerWeights), v.maxLength(MOST_LAYERS))),
  sweep: v.nullable(v.object({ id: v.string(), index: count })),
});

/**
 * A saved run from untrusted JSON: checked field by field, its experiment as strictly as a link's.
 * @throws KeptRunError saying what is wrong
 */
export function parseKeptRun(json: unknown): KeptRun {
  const result = v.safeParse(schema, json);
  if (!result.success) {
    const [issue] = result.issues;
    const path = v.getDotPath(issue);
    throw new KeptRunError(`This is not a run of Fewbits: ${path ? `its ${path} is invalid` : 'it has another structure'}.`);
  }
  const { experiment, problems } = parseExperiment(result.output.record.experiment);
  const [problem] = problems;
  if (problem) throw new KeptRunError(`The run's experiment cannot be read: ${problem.message}`);
  const record = { ...result.output.record, experiment, url: `#${toFragment(experiment)}` } as unknown as RunRecord;
  return { ...result.output, record };
}
