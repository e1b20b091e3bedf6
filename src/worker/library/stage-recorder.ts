import { type InspectionHistory, withInspection } from '../../experiment/results/inspection-history';
import type { Checkpoint, LayerSummary, RunEvent } from '../../experiment/types/events';
import type { Boundary } from './boundary';

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;

/** What is known of the stage that runs. */
export interface RunningStage {
  readonly started: EventOf<'stageStarted'>;
  /** Per step of the stage. */
  readonly loss: number[];
  readonly accuracy: number[];
  evaluations: EventOf<'evaluation'>[];
  history: InspectionHistory;
  inspection?: RunEvent;
  test?: RunEvent;
  done?: RunEvent;
}

/** Watches the events of a run and makes a boundary of each stage that it has seen from its first step. */
export class StageRecorder {
  private layers: readonly LayerSummary[] = [];
  private running: RunningStage | undefined;
  private model: Uint8Array | undefined;
  /** The step of the stage from which the run continues, and the stage. */
  private from: Checkpoint | undefined;

  /** The run begins, or continues from a checkpoint. */
  begin(from: Checkpoint | undefined): void {
    this.from = from;
  }

  /** What was seen of the stage that runs. */
  get stage(): RunningStage | undefined {
    return this.running;
  }

  /** As if it had been seen here. */
  restore(running: RunningStage | undefined): void {
    this.running = running && { ...running, loss: [...running.loss], accuracy: [...running.accuracy] };
  }

  /** The model file that was just written. */
  hold(model: Uint8Array): void {
    this.model = model;
  }

  /** Gives a boundary where the event is the checkpoint after a stage; one that is not `whole` cannot be drawn again. */
  take(event: RunEvent): { readonly boundary: Boundary; readonly whole: boolean } | undefined {
    const { running } = this;
    if (event.type === 'started') this.layers = event.layers;
    else if (event.type === 'stageStarted') this.start(event);
    else if (event.type === 'snapshot' && event.checkpoint.step === 0) return this.finish(event.checkpoint);
    else if (!running) return undefined;
    else if (event.type === 'metrics') {
      const at = event.firstStep - running.started.stepsBefore;
      running.loss.splice(at, Number.POSITIVE_INFINITY, ...event.loss);
      running.accuracy.splice(at, Number.POSITIVE_INFINITY, ...event.accuracy);
    } else if (event.type === 'evaluation') running.evaluations.push(event);
    else if (event.type === 'inspection') {
      running.inspection = event;
      running.history = withInspection(running.history, event);
    } else if (event.type === 'test') running.test = event;
    else if (event.type === 'stageDone') running.done = event;
    return undefined;
  }

  /** A stage that continues in its middle keeps what was seen of its steps before. */
  private start(started: EventOf<'stageStarted'>): void {
    const { from, running } = this;
    const inside = from?.stage === started.stage ? from.step : 0;
    this.from = undefined;
    if (inside > 0 && running?.started.stage === started.stage) {
      const until = started.stepsBefore + inside;
      running.loss.length = Math.min(running.loss.length, inside);
      running.accuracy.length = running.loss.length;
      running.evaluations = running.evaluations.filter(({ globalStep }) => globalStep <= until);
      const history = Object.entries(running.history).map(
        ([layer, points]) => [layer, points.filter(({ step }) => step <= until)] as const,
      );
      running.history = Object.fromEntries(history);
    } else this.running = { started, loss: [], accuracy: [], evaluations: [], history: {} };
  }

  private finish(checkpoint: Checkpoint): { readonly boundary: Boundary; readonly whole: boolean } {
    const { running, layers, model } = this;
    this.running = undefined;
    this.model = undefined;
    const steps = running ? checkpoint.stepsBefore - running.started.stepsBefore : 0;
    // Losses are missing where a run was taken up in the middle of a stage by somebody who had not seen its beginning.
    const whole = running?.loss.length === steps && running.done !== undefined;
    return { whole, boundary: { checkpoint, model, layers, events: running ? eventsOf(running) : [], history: running?.history ?? {} } };
  }
}

/** What the page was sent of a stage. */
export function eventsOf({ started, loss, accuracy, evaluations, inspection, test, done }: RunningStage): readonly RunEvent[] {
  const { stage, stepsBefore: firstStep } = started;
  const metrics = { type: 'metrics', stage, firstStep, loss: Float32Array.from(loss), accuracy: Float32Array.from(accuracy) } as const;
  return [started, ...(loss.length > 0 ? [metrics] : []), ...evaluations, inspection, test, done].filter((event) => event !== undefined);
}
