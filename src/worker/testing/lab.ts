/** For tests: the worker's side of the lab, without a worker. */
import { vi } from 'vitest';
import type { Dataset } from '../../datasets/types';
import { wasmFolder } from '../../engine/testing/test-backends';
import { tinyDataset } from '../../engine/testing/tiny-dataset';
import type { RunEvent } from '../../experiment/types/events';
import type { Message } from '../protocol';
import { Runner } from '../runner';
import { defaultPace, type Pace } from '../turns';

export const dataset = tinyDataset({ train: 100, test: 20 });

export interface Lab {
  readonly runner: Runner;
  readonly messages: Message[];
  readonly shelf: { get: () => Promise<Dataset>; forget: ReturnType<typeof vi.fn> };
  /** Called with every message, inside `post`: what a very quick page would do. */
  react: (message: Message) => void;
  /** Resolves when a message that has not been waited for passes the test. */
  readonly until: (test: (message: Message) => boolean) => Promise<Message>;
}

/** For runs that are watched while they play: many turns of few steps, all reported at once, however fast the machine is. */
const closely: Pace = { turnSteps: 10, reportMs: 0 };

/** A runner on a backend of its own, with everything that it says. */
export async function lab(
  backend: 'cpu' | 'any' = 'cpu',
  get: () => Promise<Dataset> = async () => dataset,
  pace: Pace = defaultPace,
): Promise<Lab> {
  const messages: Message[] = [];
  let seen = 0;
  let wake = () => {};
  const shelf = { get, forget: vi.fn() };
  const post = (message: Message) => {
    messages.push(message);
    wake();
    opened.react(message);
  };
  const until = async (wanted: (message: Message) => boolean) => {
    for (;;) {
      while (seen < messages.length) {
        const message = messages[seen++];
        if (message && wanted(message)) return message;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const opened: Lab = { runner: new Runner(post, shelf, wasmFolder, pace), messages, shelf, react: () => {}, until };
  await opened.runner.open(backend === 'any' ? undefined : backend);
  return opened;
}

/** A lab that is watched closely. */
export const closeLab = () => lab('cpu', undefined, closely);

export const isStatus = (status: string) => (message: Message) => message.type === 'status' && message.status === status;
export const hasEvent = (type: RunEvent['type'], stage?: number) => (message: Message) =>
  message.type === 'events' &&
  message.events.some((event) => event.type === type && (stage === undefined || ('stage' in event && event.stage === stage)));
export const statuses = ({ messages }: Lab) => messages.flatMap((message) => (message.type === 'status' ? [message.status] : []));
export const eventsOf = (messages: readonly Message[]) =>
  messages.flatMap((message) => (message.type === 'events' ? [...message.events] : []));
export const lossesOf = (messages: readonly Message[]) =>
  eventsOf(messages).flatMap((event) => (event.type === 'metrics' ? [...event.loss] : []));
export const loadedOf = ({ messages }: Lab) =>
  messages.flatMap((message) => (message.type === 'loaded' ? [[message.keptStages, message.keptSteps]] : []));
export const digestOf = ({ messages }: Lab) =>
  eventsOf(messages)
    .flatMap((event) => (event.type === 'done' ? [event.record.digest] : []))
    .at(-1);

export async function playToEnd(opened: Lab): Promise<void> {
  opened.runner.play();
  await opened.until(isStatus('done'));
}
