import { lazy, Suspense, useEffect } from 'react';
import { watchEngine } from '../state/engine-life';
import { useCostly } from '../state/run/costly';
import { useInterrupted } from '../state/run/interrupted';

const InterruptedNotice = lazy(async () => ({ default: (await import('../panels/run-bar/interrupted-notice')).InterruptedNotice }));
const CostlyDialog = lazy(async () => ({ default: (await import('../panels/run-bar/costly-dialog')).CostlyDialog }));

/** Watches the engine, and asks what it has to ask: whether an interrupted run shall go on, and whether a large one shall start. */
export function EngineNotices() {
  const interrupted = useInterrupted((s) => s.offer !== null);
  const costly = useCostly((s) => s.asking !== null);
  useEffect(watchEngine, []);
  return (
    <Suspense>
      {interrupted ? <InterruptedNotice /> : null}
      {costly ? <CostlyDialog /> : null}
    </Suspense>
  );
}
