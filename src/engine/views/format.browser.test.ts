import { checkViewContract } from '../testing/view-contract';
import { formatView } from './format';

checkViewContract({
  name: 'Numbers of MXFP4',
  factory: formatView as never,
  values: { method: 'format', format: 'mxfp4' },
  gradient: (_latent, dy) => dy,
});

checkViewContract({
  name: 'Updates in fixed point, rounded stochastically',
  factory: formatView as never,
  values: { method: 'format', format: 'fixed', integerBits: 4, fractionBits: 10, rounding: 'stochastic', updates: 'format' },
  gradient: (_latent, dy) => dy,
});
