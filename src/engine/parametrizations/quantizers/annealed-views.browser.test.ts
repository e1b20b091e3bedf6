import { softRoundSlope } from '../../../numerics/quantizers/annealed';
import { dsqSlopes } from '../../../numerics/quantizers/dsq';
import { checkViewContract } from '../../testing/parametrization-contract';
import type { ViewState } from '../parametrization';
import { binaryRelaxView, proxQuantView } from './annealed';
import { dsqView } from './dsq';
import { noiseView } from './noise';
import { softRoundView } from './soft-round';
import { waveqView } from './waveq';

const OUTPUTS = 10;
const straight = (_latent: Float32Array, dy: Float32Array) => dy;
const of = (state: ViewState, name: string, i: number) => state[name]?.[i % OUTPUTS] ?? Number.NaN;

checkViewContract({
  name: 'Soft rounding, 3 bits, per channel',
  factory: softRoundView as never,
  values: { method: 'soft-round', bits: 3, granularity: 'channel', softFrom: 2, softTo: 3 },
  gradient: (latent, dy, state) =>
    dy.map((d, i) => {
      const steps = latent[i]! / of(state, 'scale', i);
      return Math.abs(steps) <= 3 ? d * softRoundSlope(steps, 2) : 0;
    }),
  tolerance: 1e-5,
});

checkViewContract({
  name: 'DSQ, 2 bits, per channel, its range learned',
  factory: dsqView as never,
  values: { method: 'dsq', bits: 2, granularity: 'channel', alphaFrom: 0.4, alphaTo: 0.3 },
  gradient: (latent, dy, state) => dy.map((d, i) => d * dsqSlopes(latent[i]!, of(state, 'range', i), 2, 0.4).x),
  tolerance: 1e-5,
});

checkViewContract({
  name: 'Noise on half of the weights, 3 bits',
  factory: noiseView as never,
  values: { method: 'noise', bits: 3, noiseShare: 0.5, range: 'max' },
  gradient: straight,
});

checkViewContract({
  name: 'ProxQuant, 1 bit, hard at last',
  factory: proxQuantView as never,
  values: { method: 'prox-quant', bits: 1, proxRate: 5, freeze: 1 },
});

checkViewContract({
  name: 'BinaryRelax, 2 bits, hard at last',
  factory: binaryRelaxView as never,
  values: { method: 'binary-relax', bits: 2, freeze: 1 },
  gradient: straight,
});

checkViewContract({
  name: 'WaveQ, its bits learned',
  factory: waveqView as never,
  values: { method: 'waveq', bits: 3, learnBits: true, waveStart: 0 },
});
