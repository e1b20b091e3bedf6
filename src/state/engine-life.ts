/** The life of the engine: started again when it falls silent, and what an earlier one left is offered. Loaded when the engine is open. */

import { useExperiment } from './experiment/experiment-store';
import { engineName, guardStarts, listen, restart, resume, send } from './lab';
import { mayStart, stepSeconds } from './run/costly';
import { hearInterrupted, useInterrupted } from './run/interrupted';
import { LOOK_SECONDS, Pulse } from './run/pulse';
import { notify, receive, useRun } from './run/run-store';

/** After this many times something is wrong that another engine does not mend. */
const REVIVALS = 3;

const pulse = new Pulse();
let revivals = 0;
let watching: ReturnType<typeof setInterval> | undefined;

/** Watches the engine from now on, and asks for a run that was interrupted. */
export function watchEngine(): void {
  if (watching !== undefined) return;
  watching = setInterval(look, LOOK_SECONDS * 1000);
  listen((message) => {
    pulse.heard();
    hearInterrupted(message);
  });
  guardStarts((start) => mayStart(useExperiment.getState().experiment, start));
  send({ type: 'findInterrupted' });
}

/** A browser that is short of memory ends workers without a word: nothing is heard of them, that is all. */
function look(): void {
  const { status, queued, fatal } = useRun.getState();
  if (document.hidden || fatal !== null || !pulse.look(stepSeconds(useExperiment.getState().experiment))) return;
  if (revivals++ >= REVIVALS) {
    receive({ type: 'fatal', message: 'The engine stopped answering again and again. The browser may be short of memory.' });
    return;
  }
  const ran = status === 'running' || queued;
  pulse.restart();
  restart(ran ? engineName() : undefined);
  if (!ran) send({ type: 'findInterrupted' });
  notify('warning', 'The engine stopped answering and was started again.', ran ? 'The run continues from its last checkpoint.' : '');
}

/** Goes on with the run that an earlier page left, on the backend of this one. */
export function continueInterrupted(): void {
  const { offer } = useInterrupted.getState();
  useInterrupted.setState({ offer: null });
  if (offer) resume(offer.experiment, offer.run.owner);
}

export function discardInterrupted(): void {
  const { offer } = useInterrupted.getState();
  useInterrupted.setState({ offer: null });
  if (offer) send({ type: 'discardInterrupted', owner: offer.run.owner });
}
