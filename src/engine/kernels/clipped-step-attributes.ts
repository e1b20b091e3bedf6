import type { CodeRange } from '../../numerics/clipped-codes';

/**
 * What the scale input is, and its gradient. `step`: the step itself, with LSQ's gradient. `limit`: the largest value, with PACT's
 * gradient. `fixed`: the largest value, without a gradient.
 */
export type ClippedRule = 'step' | 'limit' | 'fixed';

/** Attributes of FewbitsClippedStep and FewbitsClippedStepGradient. */
export interface ClippedStepAttributes extends CodeRange {
  readonly rule: ClippedRule;
}
