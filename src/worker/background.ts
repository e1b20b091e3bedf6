import { Measurer } from './measurer';
import type { Message } from './protocol';
import type { QueueContext } from './run-queue';
import { Sweeper } from './sweeper';

/** What runs while the run on the screen rests: measurements first, and a sweep while they rest too. */
export function background(
  context: QueueContext,
  post: (message: Message) => void,
  recover: (error: unknown) => Promise<boolean>,
): { readonly measurer: Measurer; readonly sweeper: Sweeper } {
  const measurer = new Measurer(context, post);
  const busyWith = () => context.busyWith() || (measurer.isBusy ? 'a measurement' : '');
  const rested = () => Promise.all([context.rested(), measurer.ended()]);
  return { measurer, sweeper: new Sweeper({ ...context, busyWith, rested, live: true }, post, recover) };
}
