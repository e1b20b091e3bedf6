/** Exit code of a command that Ctrl-C ended. */
export const INTERRUPTED = 130;

export interface Interrupt {
  readonly requested: () => boolean;
  readonly dispose: () => void;
}

/** The first Ctrl-C asks the run to stop after its step, the second ends the process. */
export function onInterrupt(): Interrupt {
  let requested = false;
  const listener = () => {
    if (requested) process.exit(INTERRUPTED);
    requested = true;
  };
  process.on('SIGINT', listener);
  return { requested: () => requested, dispose: () => process.off('SIGINT', listener) };
}
