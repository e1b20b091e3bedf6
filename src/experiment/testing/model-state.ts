import type { ModelState } from '../types/model-state';

/** A model of nothing but these arrays. */
export function modelState(parameters: ModelState['parameters'] = {}): ModelState {
  return { layers: [], parameters, parametrizations: [], outcomes: {}, marks: [], storage: {} };
}
