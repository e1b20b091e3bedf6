import type { ModelState } from '../events';

/** A model of nothing but these arrays. */
export function modelState(parameters: ModelState['parameters'] = {}): ModelState {
  return { layers: [], parameters, views: [], outcomes: {}, marks: [], storage: {} };
}
