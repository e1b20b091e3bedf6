import { macCount } from '../../experiment/operators/layers';
import type {
  BackendInfo,
  BackendName,
  Checkpoint,
  EarlyStop,
  RecordedStart,
  RunRecord,
  StageSummary,
} from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import type { Network } from '../network/network';
import { codeUse, nonZeroWeights, type StoredModel } from '../state/store-model';
import type { StageResult } from '../training/stage-context';
import type { Measured } from './measurement';

/** What a run adds up on its way. It is part of every checkpoint, and at the end the run's record. */
export class Tally {
  readonly summaries: StageSummary[];
  /** The last training losses, at most 100. */
  readonly recentLosses: number[];
  /** Training steps of finished stages. */
  steps: number;
  private readonly secondsBefore: number;
  private readonly recorded: RecordedStart | undefined;
  /** All that computed a part of it, the present one last. */
  private readonly backends: readonly BackendName[];
  private readonly started = performance.now();

  constructor(from: Checkpoint | undefined, backend: BackendName) {
    this.summaries = [...(from?.summaries ?? [])];
    this.recentLosses = [...(from?.recentLosses ?? [])];
    this.secondsBefore = from?.seconds ?? 0;
    this.steps = from?.stepsBefore ?? 0;
    this.recorded = from?.recorded;
    this.backends = [...(from?.backends ?? []).filter((name) => name !== backend), backend];
  }

  /** Since the run began, without the time between a checkpoint and its resumption. */
  get seconds(): number {
    return this.secondsBefore + (performance.now() - this.started) / 1000;
  }

  /** Sums up a stage. @param began `performance.now()` at its start */
  add(
    stage: Pick<StageSummary, 'stage' | 'kind' | 'kept' | 'macs'>,
    { steps, zeroUpdates, best, removed }: StageResult,
    { validation, report, totalBits, ms }: Measured,
    began: number,
  ): StageSummary {
    const end = { step: steps, valLoss: validation.loss, testAccuracy: report.accuracy };
    const earlyStop = best === undefined ? undefined : better(best, end);
    const summary: StageSummary = {
      stage: stage.stage,
      kind: stage.kind,
      steps,
      valAccuracy: validation.accuracy,
      testAccuracy: report.accuracy,
      testLoss: report.loss,
      totalBits,
      seconds: (performance.now() - began) / 1000,
      ...(zeroUpdates && { zeroUpdates }),
      ...(earlyStop && { earlyStop }),
      ...(stage.kept && { kept: stage.kept }),
      ...(removed && { removed }),
      ...(stage.macs !== undefined && { macs: stage.macs }),
      inferenceMs: ms,
    };
    this.summaries.push(summary);
    return summary;
  }

  /** Its part of a checkpoint. */
  get state(): Pick<Checkpoint, 'stepsBefore' | 'summaries' | 'recentLosses' | 'seconds' | 'recorded' | 'backends'> {
    const { steps: stepsBefore, summaries, recentLosses, seconds, recorded, backends } = this;
    return { stepsBefore, summaries: [...summaries], recentLosses: [...recentLosses], seconds, backends, ...(recorded && { recorded }) };
  }

  /** @throws Error if nothing was measured */
  record(
    experiment: Experiment,
    { url, backend }: { readonly url: string; readonly backend: BackendInfo },
    network: Network,
    stored: StoredModel | undefined,
    measured: Measured | undefined,
  ): RunRecord {
    const { summaries, recentLosses } = this;
    const last = summaries.at(-1);
    if (!stored || !measured || !last) throw new Error('A run without any measurement has no record.');
    return {
      experiment,
      url,
      backend,
      seed: experiment.seed,
      steps: this.steps,
      testAccuracy: last.testAccuracy,
      valAccuracy: last.valAccuracy,
      trainLoss: recentLosses.length > 0 ? recentLosses.reduce((a, b) => a + b, 0) / recentLosses.length : null,
      stages: summaries,
      ledger: stored.ledger,
      nonZeros: nonZeroWeights(stored),
      macs: macCount(network.layers, network.input),
      inferenceMs: measured.ms,
      codes: codeUse(stored.tensors),
      digest: measured.digest,
      seconds: this.seconds,
      ...(this.recorded && { recorded: this.recorded }),
      ...(this.backends.length > 1 && { backends: this.backends }),
    };
  }
}

/** The one with the lower validation loss; of equal ones the earlier. Null if neither has a loss that is a number. */
export function better(before: EarlyStop | null, now: EarlyStop): EarlyStop | null {
  return Number.isFinite(now.valLoss) && (before === null || now.valLoss < before.valLoss) ? now : before;
}
