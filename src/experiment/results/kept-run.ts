import * as v from 'valibot';
import { toFragment } from '../link/url';
import { parseExperiment } from '../program/validate';
import type { RunRecord } from '../types/events';
import type { Curves } from './curves';
import { agreementProblem } from './kept-run-agreement';
import { keptRunSchema, oversize } from './kept-run-schema';
import type { KeptLayer } from './kept-weights';

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
  /** Entered by the user, each once; absent for none. */
  readonly tags?: readonly string[];
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

/**
 * A saved run from untrusted JSON, or from the browser's database: checked field by field, its experiment as strictly as a link's. What
 * is too long is refused before it is walked.
 * @throws KeptRunError saying what is wrong
 */
export function parseKeptRun(json: unknown): KeptRun {
  const large = oversize(json);
  if (large) throw new KeptRunError(`This run cannot be read: ${large}`);
  const result = v.safeParse(keptRunSchema, json);
  if (!result.success) {
    const [issue] = result.issues;
    const path = v.getDotPath(issue);
    throw new KeptRunError(`This is not a run of Fewbits: ${path ? `its ${path} is invalid` : 'it has another structure'}.`);
  }
  const { experiment, problems } = parseExperiment(result.output.record.experiment);
  const [problem] = problems;
  if (problem) throw new KeptRunError(`The run's experiment cannot be read: ${problem.message}`);
  const record = { ...result.output.record, experiment, url: `#${toFragment(experiment)}` } as unknown as RunRecord;
  const run = { ...result.output, record };
  const contradiction = agreementProblem(run, result.output.record.url);
  if (contradiction) throw new KeptRunError(`This run contradicts itself: ${contradiction}`);
  return run;
}
