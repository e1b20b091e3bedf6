/** A lock of this name is held by an engine for as long as it lives: the browser lets go of it whatever ends the engine. */
export const LOCK = 'fewbits-engine-';

/** What is needed of the browser's locks; not every browser has them. */
export type Locks = Pick<LockManager, 'request' | 'query'>;

export async function isHeld(locks: Locks | undefined, name: string): Promise<boolean> {
  const held = (await locks?.query())?.held ?? [];
  return held.some((lock) => lock.name === name);
}
