import type { RunEvent } from '../experiment/events';
import type { Message } from './protocol';

const INTERVAL_MS = 100;

/** Sends events to the page at most ten times a second, in order, none lost; only the newest progress and inspection of a batch. */
export class EventOutbox {
  private waiting: RunEvent[] = [];
  private lastSent = Number.NEGATIVE_INFINITY;

  constructor(private readonly post: (message: Message) => void) {}

  add(event: RunEvent): void {
    if (event.type === 'progress' || event.type === 'inspection') {
      this.waiting = this.waiting.filter((other) => other.type !== event.type);
    }
    this.waiting.push(event);
    if (performance.now() - this.lastSent >= INTERVAL_MS) this.flush();
  }

  flush(): void {
    if (this.waiting.length === 0) return;
    this.post({ type: 'events', events: this.waiting });
    this.waiting = [];
    this.lastSent = performance.now();
  }
}
