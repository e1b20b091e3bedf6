import { Measurer } from './measurer';
import type { Message } from './protocol';
import type { QueuePlace } from './run-queue';
import { Sweeper } from './sweeper';

/** What runs while the run on the screen rests: measurements first, and a sweep while they rest too. */
export function background(
  place: QueuePlace,
  post: (message: Message) => void,
  recover: (error: unknown) => Promise<boolean>,
): { readonly measurer: Measurer; readonly sweeper: Sweeper } {
  const measurer = new Measurer(place, post);
  const busyWith = () => place.busyWith() || (measurer.isBusy ? 'a measurement' : '');
  const rested = () => Promise.all([place.rested(), measurer.ended()]);
  return { measurer, sweeper: new Sweeper({ ...place, busyWith, rested }, post, recover) };
}
