import type { Values } from '../../../experiment/settings/setting';
import type { AffineSettings } from '../../../numerics/scales/affine';
import { affineInside, blockParameters, minMaxRanges } from '../../../numerics/scales/affine-groups';
import { scaleGrid } from '../../../numerics/scales/scale-grid';
import { checkParametrizationContract } from '../../testing/parametrization-contract';
import type { ParametrizationState } from '../parametrization';
import { steParametrization } from './ste';

const shape = [12, 10];

/** The gradient within the range, nothing outside. */
function clipped(settings: AffineSettings, granularity: 'tensor' | 'channel') {
  const grid = scaleGrid(shape, granularity);
  return (latent: Float32Array, dy: Float32Array, { low, high }: ParametrizationState) => {
    const ranges = low && high ? { lows: low, highs: high } : minMaxRanges(latent, grid);
    const inside = affineInside(latent, blockParameters(ranges, settings), grid, settings);
    return dy.map((g, i) => g * inside[i]!);
  };
}

type Gradient = (latent: Float32Array, dy: Float32Array, state: ParametrizationState) => Float32Array;
const straight: Gradient = (_latent, dy) => dy;
const cases: readonly (readonly [string, Values, Gradient])[] = [
  ['2 bits', { bits: 2 }, straight],
  ['4 bits', { bits: 4 }, straight],
  [
    'asymmetric, per channel, moving average, clipped',
    { bits: 3, scheme: 'asymmetric', granularity: 'channel', calibration: 'moving-average', surrogate: 'clipped' },
    clipped({ bits: 3, scheme: 'asymmetric', range: 'narrow' }, 'channel'),
  ],
  [
    'one bit, least error, clipped',
    { bits: 1, calibration: 'mse', surrogate: 'clipped' },
    clipped({ bits: 1, scheme: 'symmetric', range: 'narrow' }, 'tensor'),
  ],
  ['asymmetric, stochastic', { scheme: 'asymmetric', rounding: 'stochastic' }, straight],
];

for (const [name, values, gradient] of cases)
  checkParametrizationContract({ name: `Uniform, ${name}`, factory: steParametrization as never, values, gradient });
