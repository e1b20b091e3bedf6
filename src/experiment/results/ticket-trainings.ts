import { unroll } from '../program/unroll';
import type { Restart } from '../stages/definition';
import { restartOf, trains } from '../stages/registry';
import type { EarlyStop, StageSummary, Survivors } from '../types/events';
import type { Experiment } from '../types/experiment';
import type { Curve } from './curves';

/**
 * What a training started from. `ticket`: the masks that pruning found, weights rewound. `reinit`: the same masks, weights drawn again.
 * `shuffled` and `random`: other masks. `tuned`: pruned and trained on, without a rewind.
 */
export type TicketKind = 'dense' | 'ticket' | 'reinit' | 'shuffled' | 'random' | 'tuned';

/** One training of a run that prunes and rewinds. */
export interface TicketTraining {
  readonly seed: number;
  readonly kind: TicketKind;
  /** Number of the random draw, where values or masks were drawn. */
  readonly draw: number;
  /** Share of the masked weights that is kept, 0 … 1; 1 for the dense network. */
  readonly remaining: number;
  /** Step of the run. */
  readonly stage: number;
  /** Training steps. */
  readonly steps: number;
  /** Absent where the stage did not look for its best step. */
  readonly earlyStop?: EarlyStop;
  /** On the test images, 0 … 1. */
  readonly accuracyAtEnd: number;
  /** Validation accuracy over the steps of this training. */
  readonly curve: Curve;
  /** Weights kept of each input; absent for the dense network, and where inputs are no pixels. */
  readonly inputs?: readonly number[];
}

/** Of a run: what its trainings are read from. */
export interface TrainedRun {
  readonly experiment: Pick<Experiment, 'stages' | 'seed'>;
  /** Of finished stages, in their order. */
  readonly stages: readonly Pick<StageSummary, 'stage' | 'steps' | 'valAccuracy' | 'testAccuracy' | 'earlyStop' | 'kept'>[];
  readonly validation: Curve;
}

/** The trainings of a run in their order, each with what it started from. Pure. */
export function ticketTrainings({ experiment, stages, validation }: TrainedRun): readonly TicketTraining[] {
  const program = unroll(experiment.stages);
  const found: TicketTraining[] = [];
  let kept: Survivors | undefined;
  let kind: TicketKind = 'dense';
  let draw = 1;
  let before = 0;
  for (const summary of stages) {
    const stage = program[summary.stage]?.stage;
    if (!stage) continue;
    const restart = restartOf(stage);
    if (restart) {
      draw = restart.draw;
      if (kept) kind = afterRewind(restart, kind);
    } else if (summary.kept) kind = 'tuned';
    kept = summary.kept ?? kept;
    if (trains(stage)) {
      const { steps, earlyStop, testAccuracy: accuracyAtEnd } = summary;
      found.push({
        ...{ seed: experiment.seed, kind, draw, remaining: kept ? remainingOf(kept) : 1, stage: summary.stage, steps, accuracyAtEnd },
        curve: partOf(validation, before, steps, summary.valAccuracy),
        ...(earlyStop && { earlyStop }),
        ...(kept?.inputs && { inputs: kept.inputs }),
      });
      before += steps;
    }
  }
  return found;
}

function afterRewind({ redrawn, masks }: Restart, before: TicketKind): TicketKind {
  if (masks !== 'keep') return masks;
  // Masks that were exchanged earlier stay exchanged.
  if (before === 'shuffled' || before === 'random') return before;
  return redrawn ? 'reinit' : 'ticket';
}

/** Share of weights that masks keep, 0 … 1. */
export function remainingOf({ of, layers }: Survivors): number {
  return Object.values(layers).reduce((sum, n) => sum + n, 0) / of;
}

/**
 * The points after `from` and before the training's end, counted from `from`, and the value at its end. Several points stand at the end:
 * stages without training measure there too, and a saved curve is too thin to tell which came first.
 */
function partOf({ step, value }: Curve, from: number, steps: number, end: number): Curve {
  const own = step.flatMap((at, i) => (at > from && at < from + steps ? [i] : []));
  return { step: [...own.map((i) => (step[i] ?? 0) - from), steps], value: [...own.map((i) => value[i] ?? Number.NaN), end] };
}
