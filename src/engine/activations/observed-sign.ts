import type { RangeObserver } from '../../numerics/calibration';
import type { ViewArray, ViewState } from '../views/view';
import { viewArray } from '../views/view-array';

/**
 * Whether a layer's inputs may be negative, as the calibration images showed: 1 or 0 in an array, so that a run that goes on
 * knows it too.
 */
export function observedSign(observed: RangeObserver, state: ViewState): { readonly signed: boolean; readonly array: ViewArray } {
  const seen = Float32Array.of(observed.min < 0 ? 1 : 0);
  return { signed: (state.signed ?? seen)[0] === 1, array: viewArray('signed', seen, [1], 0, state) };
}

/** The largest magnitude observed; 1 if there was none but 0. */
export function observedRange({ min, max }: RangeObserver): number {
  return Math.max(-min, max) || 1;
}
