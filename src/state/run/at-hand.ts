/** After which stages the engine holds checkpoints: a program that begins with them continues there at once. */
import { create } from 'zustand';
import type { Message } from '../../worker/protocol';

/** By `prefixKey`. */
export const useAtHand = create<{ readonly keys: ReadonlySet<string> }>()(() => ({ keys: new Set() }));

/** Takes a message of the worker; those about something else are ignored. */
export function hearAtHand(message: Message): void {
  if (message.type !== 'checkpoints') return;
  const { added, removed } = message;
  useAtHand.setState(({ keys }) => ({ keys: new Set([...[...keys].filter((key) => !removed.includes(key)), ...added]) }));
}

/** The engine is gone, and with it what it held. */
export function nothingAtHand(): void {
  useAtHand.setState({ keys: new Set() });
}
