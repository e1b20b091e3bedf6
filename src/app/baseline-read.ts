import { useEffect } from 'react';
import { useBaseline } from '../state/kept/baseline-store';
import { notify } from '../state/run/run-store';

/** Reads the pinned run, if there is one, as soon as the engine is ready: the first paint does not wait for the database. */
export function useBaselineRead(engineIsOpen: boolean): void {
  useEffect(() => {
    if (!engineIsOpen || useBaseline.getState().id === null) return;
    import('../state/kept/runs-store').then(
      ({ readBaseline }) => readBaseline(),
      () => notify('warning', 'The pinned baseline cannot be read: a part of the page could not be loaded.'),
    );
  }, [engineIsOpen]);
}
