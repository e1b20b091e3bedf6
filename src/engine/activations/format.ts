import { numberTarget } from '../../experiment/quantizers/number-formats';
import type { NumberTarget } from '../../numerics/number-target';
import { Purpose } from '../../numerics/rng';
import type { Rounding } from '../../numerics/rounding';
import type { ScaleGrid } from '../../numerics/scale-grid';
import { roundTo } from '../views/format';
import type { ActivationFactory } from './activation-view';

/** Activations in a small number format, straight-through (arXiv 2209.05433, 1502.02551). */
export const formatActivation: ActivationFactory = ({ values, stage, index, seed }) => {
  const target = numberTarget(values, 'act');
  const stream = { seed, purpose: Purpose.rounding + 16 * index };
  return {
    stage,
    arrays: [],
    apply: (x, context) => roundTo(x, target, channelBlocks(x.shape, target), values.actRounding as Rounding, stream, context),
    stored: () => new Float32Array(),
  };
};

/** Blocks of neighbouring channels, or of neighbouring units, in each example and at each place. */
export function channelBlocks(shape: readonly number[], target: NumberTarget): ScaleGrid {
  const outputs = shape.at(-1) ?? 1;
  const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  const blockOutputs = target.kind === 'blocks' ? Math.min(target.size, outputs) : outputs;
  const across = Math.ceil(outputs / blockOutputs);
  return { outputs, blockInputs: 1, blockOutputs, across, period: rows, scales: rows * across };
}
