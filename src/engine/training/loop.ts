import type { EarlyStop, RunEvent } from '../../experiment/types/events';
import type { TrainStage } from '../../experiment/types/experiment';
import { readTensor } from '../device/gpu-program';
import { evaluate } from '../evaluation/evaluate';
import { createSteps } from './create-steps';
import { countsUpdates, divergence, unchangedSince } from './divergence';
import type { Objective } from './objective';
import type { StageContext, StageResult } from './stage-context';

const REMEMBERED_LOSSES = 100;

/**
 * Trains for the stage's steps: in turns as the control asks, with metrics, validations, inspections, marks and checkpoints in
 * between. The objective decides what is trained, and by which loss.
 */
export async function* trainingLoop(objective: Objective, stage: TrainStage, context: StageContext): AsyncGenerator<RunEvent, StageResult> {
  const { network, feeder, dataset, control, index, stepsBefore, recentLosses } = context;
  const { ordinal, slots } = context;
  const steps = createSteps({ objective, feeder, stage, seed: context.experiment.seed, ordinal, slots });
  let msPerStep = 0;
  let lastInspection = performance.now();
  let lastCheckpoint = performance.now();
  let lastProfile = Number.NEGATIVE_INFINITY;
  let inspectionCost = 0;
  let step = context.from;
  const counting = countsUpdates(network) || objective.gradients !== undefined;
  let zeroUpdates: Readonly<Record<string, number>> | undefined;
  const everyTestImage = Uint32Array.from({ length: dataset.test.count }, (_, i) => i);
  let best: EarlyStop | null = context.best ?? null;
  try {
    yield progress(context, stage, step, 0, 'compiling');
    await steps.warmUp();
    yield progress(context, stage, step, 0, '');
    if (control.inspectEverySteps && step === 0) {
      const seen = await context.inspect(step);
      yield seen;
      if (seen.type === 'failed') return { steps: step, completed: false };
    }
    while (step < stage.steps) {
      const profiled =
        steps.profile !== undefined &&
        step > context.from &&
        performance.now() - lastProfile >= (control.profileEveryMs ?? Number.POSITIVE_INFINITY);
      // The last step has a turn of its own if its updates are counted.
      const planned = counting ? Math.max(1, stage.steps - 1 - step) : stage.steps - step;
      const count = profiled ? 1 : Math.min(planned, turnLength(stage, step, msPerStep, context));
      // In the first epoch the file is walked from front to back: the last step of the turn needs the most of it.
      const last = feeder.indices(step + count - 1, stage.batch, ordinal, stage.orderSeed || context.experiment.seed);
      yield* waiting(context, stage, step, feeder.ready(last));
      const before = counting && step + count === stage.steps ? await network.read() : undefined;
      const started = performance.now();
      const measured = profiled ? await steps.profile?.(step) : undefined;
      const metrics = measured?.metrics ?? (await steps.run(step, count));
      const cost = (performance.now() - started) / count;
      if (before) zeroUpdates = unchangedSince(before, network, await network.read());
      if (measured) {
        yield { type: 'profile', stage: index, profile: { ...measured.profile, globalStep: stepsBefore + step } };
        lastProfile = performance.now();
      } else {
        // The first turn compiles; it says nothing about the next.
        msPerStep = step === context.from ? 0 : msPerStep === 0 ? cost : 0.8 * msPerStep + 0.2 * cost;
      }
      yield { type: 'metrics', stage: index, firstStep: stepsBefore + step, ...metrics };
      step += count;
      yield progress(context, stage, step, msPerStep, '');

      const bad = metrics.loss.findIndex((loss) => !Number.isFinite(loss));
      if (bad >= 0) {
        yield divergence('loss', stepsBefore + step - count + bad + 1, stage);
        return { steps: step, completed: false };
      }
      if (context.marks.includes(step)) await context.mark(step);
      recentLosses.push(...metrics.loss);
      recentLosses.splice(0, Math.max(0, recentLosses.length - REMEMBERED_LOSSES));

      if (stage.evaluateEvery > 0 && step % stage.evaluateEvery === 0 && step < stage.steps) {
        yield* waiting(context, stage, step, dataset.ready(dataset.train.count));
        const evaluation = await evaluate(context.evaluator, dataset.train, feeder.validation);
        yield { type: 'evaluation', stage: index, globalStep: stepsBefore + step, evaluation };
        if (stage.best && evaluation.count > 0 && evaluation.loss < (best?.valLoss ?? Number.POSITIVE_INFINITY)) {
          yield* waiting(context, stage, step, dataset.testReady());
          best = {
            step,
            valLoss: evaluation.loss,
            testAccuracy: (await evaluate(context.evaluator, dataset.test, everyTestImage)).accuracy,
          };
        }
        if (stage.target > 0 && evaluation.accuracy * 100 >= stage.target) break;
      }
      const due = control.inspectEverySteps
        ? step % control.inspectEverySteps === 0 && step < stage.steps
        : performance.now() - lastInspection > Math.max(control.inspectEveryMs, 8 * inspectionCost);
      if (due) {
        const before = performance.now();
        const seen = await context.inspect(step);
        yield seen;
        if (seen.type === 'failed') return { steps: step, completed: false };
        lastInspection = performance.now();
        inspectionCost = lastInspection - before;
      }
      if (performance.now() - lastCheckpoint >= control.checkpointEveryMs) {
        yield {
          type: 'snapshot',
          checkpoint: await context.checkpoint(step, { ...(await steps.slots()), ...(await ownValues(objective)) }, best ?? undefined),
        };
        lastCheckpoint = performance.now();
      }
    }
    return { steps: step, completed: true, ...(zeroUpdates && { zeroUpdates }), ...(stage.best && { best }) };
  } finally {
    steps.dispose();
  }
}

/** The values of the objective's own variables. */
async function ownValues({ own = {} }: Objective): Promise<Readonly<Record<string, Float32Array>>> {
  const entries = Object.entries(own).map(async ([name, variable]) => [name, await readTensor(variable)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** Steps until the next event: about `turnMs` long, never past an evaluation, an inspection or a mark that is due at a step. */
function turnLength(stage: TrainStage, step: number, msPerStep: number, { control, marks }: StageContext): number {
  const wanted = msPerStep > 0 ? Math.max(1, Math.round(control.turnMs / msPerStep)) : 1;
  const toNext = (every: number) => (every > 0 ? every - (step % every) : Number.POSITIVE_INFINITY);
  const toMark = marks.filter((at) => at > step).map((at) => at - step);
  const bounds = [toNext(stage.evaluateEvery), toNext(control.inspectEverySteps ?? 0), stage.steps - step, ...toMark];
  return Math.min(wanted, control.maxSteps, ...bounds);
}

function progress(context: StageContext, stage: TrainStage, step: number, msPerStep: number, waiting: string): RunEvent {
  const epoch = (step * stage.batch) / context.feeder.train.length;
  return { type: 'progress', stage: context.index, step, steps: stage.steps, epoch, msPerStep, waiting };
}

/** Waits for images, and says so if they are still on their way. */
async function* waiting(context: StageContext, stage: TrainStage, step: number, images: Promise<unknown>): AsyncGenerator<RunEvent, void> {
  if (await isPending(images)) {
    yield progress(context, stage, step, 0, 'reading images');
    await images;
    yield progress(context, stage, step, 0, '');
  }
  await images;
}

/** Whether a promise is still open after the few microtasks that settled ones need to be passed on. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let pending = true;
  const settle = () => {
    pending = false;
  };
  promise.then(settle, settle);
  for (let i = 0; i < 8 && pending; i++) await null;
  return pending;
}
