import { useEffect } from 'react';
import { notify } from '../state/run/run-store';

/** Continues with a sweep that was running when the page was left, as soon as the engine is ready. */
export function useSweepsGoOn(engineIsOpen: boolean): void {
  useEffect(() => {
    if (!engineIsOpen) return;
    import('../state/sweep/sweeps').then(
      ({ openSweeps }) => openSweeps(),
      () => notify('warning', 'Sweeps cannot continue: a part of the page could not be loaded.'),
    );
  }, [engineIsOpen]);
}
