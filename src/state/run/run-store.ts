/** The run as the page sees it: messages in, state and metrics out. */
import { create } from 'zustand';
import type { Message } from '../../worker/protocol';
import { MetricsBuffer } from './metrics-buffer';
import { dropPrevious, hearPrevious } from './previous-run';
import { afterMessage, initialRunState, type Notice, type RunState, withNotice } from './run-state';

export const useRun = create<RunState>()(() => initialRunState);

/** Loss and accuracy of every step; changes many times a second, so it lives outside React. */
export const metrics = new MetricsBuffer();

/** Takes one message of the worker. */
export function receive(message: Message): void {
  hearPrevious(message, useRun.getState(), metrics);
  if (message.type === 'loaded') metrics.truncate(message.keptSteps, message.keptStages);
  if (message.type === 'events' || message.type === 'replay') for (const event of message.events) metrics.take(event);
  useRun.setState((state) => afterMessage(state, message));
}

/** Forgets what the charts draw, of the previous settings too. */
export function emptyCharts(): void {
  dropPrevious();
  metrics.truncate(0, 0);
}

export function notify(tone: Notice['tone'], message: string, detail = ''): void {
  useRun.setState((state) => withNotice(state, { tone, message, detail, about: 'page' }));
}

export function dismissNotice(id: number): void {
  useRun.setState((state) => ({ notices: state.notices.filter((n) => n.id !== id) }));
}
