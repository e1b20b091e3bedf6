import type { RunEvent } from '../types/events';
import { type RecordedEvent, type Recording, roundStep } from './recording';

/** A position in a recorded run to stop at. */
export interface Moment {
  readonly stage: number;
  readonly kind: string;
  /** Steps of the stage that are done, and those planned. */
  readonly step: number;
  readonly steps: number;
  /** Over all stages. */
  readonly globalStep: number;
  /** The stage is done and measured. */
  readonly ended: boolean;
}

/** Places inside the training of a recording, at most. */
const PLACES = 100;

/** The start, every few training steps, and the end of each stage, in their order. */
export function moments({ events }: Pick<Recording, 'events'>): readonly Moment[] {
  const ends = new Map(
    events.flatMap((event) => (event.type === 'stageDone' ? [[event.summary.stage, event.summary.steps] as const] : [])),
  );
  const every = roundStep([...ends.values()].reduce((a, b) => a + b, 0) / PLACES);
  return events.flatMap((event, i) => {
    if (event.type !== 'stageStarted') return [];
    const { stage, kind, steps, stepsBefore } = event;
    const end = ends.get(stage) ?? 0;
    const isFirst = events.findIndex(({ type }) => type === 'stageStarted') === i;
    const inside = Array.from({ length: Math.ceil(end / every) }, (_, n) => n * every).filter((step) => step > 0);
    const at = (step: number, ended: boolean): Moment => ({ stage, kind, step, steps, globalStep: stepsBefore + step, ended });
    return [...[...(isFirst ? [0] : []), ...inside].map((step) => at(step, false)), at(end, true)];
  });
}

/** What the page would have received of the run up to this moment, in a form that the live run's state understands. */
export function eventsAt({ events, losses }: Pick<Recording, 'events' | 'losses'>, moment: Moment): readonly RunEvent[] {
  const last = events.findLast((event) => event.type === 'stageStarted')?.stage;
  const isLast = moment.ended && moment.stage === last;
  const heard = events.filter((event) => isHeard(event, moment) || (event.type === 'done' && isLast));
  const loss = losses.subarray(0, moment.globalStep);
  if (loss.length === 0) return heard;
  const accuracy = new Float32Array(loss.length).fill(Number.NaN);
  return [...heard, { type: 'metrics', stage: moment.stage, firstStep: 0, loss, accuracy }];
}

function isHeard(event: RecordedEvent, moment: Moment): boolean {
  if (event.type === 'started') return true;
  if (event.type === 'done') return false;
  const stage = event.type === 'stageDone' ? event.summary.stage : event.stage;
  if (stage !== moment.stage) return stage < moment.stage;
  if (moment.ended || event.type === 'stageStarted') return true;
  // What is measured at the end of a stage without training has the step of its start.
  return moment.steps > 0 && 'globalStep' in event && event.globalStep <= moment.globalStep;
}
