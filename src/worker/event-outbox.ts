import type { RunEvent } from '../experiment/types/events';
import type { Message } from './protocol';
import { defaultPace } from './turns';

/**
 * Sends events to the page, at most so often, in order, none lost; only the newest progress and inspection of a batch.
 * What waits is sent when its time has come, whether or not another event follows.
 */
export class EventOutbox {
  private waiting: RunEvent[] = [];
  private lastSent = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param intervalMs at least, between two messages */
  constructor(
    private readonly post: (message: Message) => void,
    private readonly intervalMs: number = defaultPace.reportMs,
  ) {}

  add(event: RunEvent): void {
    if (event.type === 'progress' || event.type === 'inspection') {
      this.waiting = this.waiting.filter((other) => other.type !== event.type);
    }
    this.waiting.push(event);
    const wait = this.lastSent + this.intervalMs - performance.now();
    if (wait <= 0) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), wait);
  }

  /** Sends what waits, now. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting.length === 0) return;
    for (const events of split(this.waiting)) this.post({ type: 'events', events });
    this.waiting = [];
    this.lastSent = performance.now();
  }
}

/** Events that make the page draw much: each ends a message, so that the page draws it in a task of its own. */
const heavy: ReadonlySet<RunEvent['type']> = new Set(['inspection', 'test', 'stageDone']);

function split(events: readonly RunEvent[]): RunEvent[][] {
  const parts: RunEvent[][] = [[]];
  for (const event of events) {
    parts.at(-1)?.push(event);
    if (heavy.has(event.type)) parts.push([]);
  }
  return parts.filter((part) => part.length > 0);
}
