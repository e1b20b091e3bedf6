import { softRoundSlope } from '../../../numerics/quantizers/annealed';
import { dsqSlopes } from '../../../numerics/quantizers/dsq';
import { checkParametrizationContract } from '../../testing/parametrization-contract';
import type { ParametrizationState } from '../parametrization';
import { binaryRelaxParametrization, proxQuantParametrization } from './annealed';
import { dsqParametrization } from './dsq';
import { noiseParametrization } from './noise';
import { softRoundParametrization } from './soft-round';
import { waveqParametrization } from './waveq';

const OUTPUTS = 10;
const straight = (_latent: Float32Array, dy: Float32Array) => dy;
const of = (state: ParametrizationState, name: string, i: number) => state[name]?.[i % OUTPUTS] ?? Number.NaN;

checkParametrizationContract({
  name: 'Soft rounding, 3 bits, per channel',
  factory: softRoundParametrization as never,
  values: { method: 'soft-round', bits: 3, granularity: 'channel', softFrom: 2, softTo: 3 },
  gradient: (latent, dy, state) =>
    dy.map((d, i) => {
      const steps = latent[i]! / of(state, 'scale', i);
      return Math.abs(steps) <= 3 ? d * softRoundSlope(steps, 2) : 0;
    }),
  tolerance: 1e-5,
});

checkParametrizationContract({
  name: 'DSQ, 2 bits, per channel, its range learned',
  factory: dsqParametrization as never,
  values: { method: 'dsq', bits: 2, granularity: 'channel', alphaFrom: 0.4, alphaTo: 0.3 },
  gradient: (latent, dy, state) => dy.map((d, i) => d * dsqSlopes(latent[i]!, of(state, 'range', i), 2, 0.4).x),
  tolerance: 1e-5,
});

checkParametrizationContract({
  name: 'Noise on half of the weights, 3 bits',
  factory: noiseParametrization as never,
  values: { method: 'noise', bits: 3, noiseShare: 0.5, range: 'max' },
  gradient: straight,
});

checkParametrizationContract({
  name: 'ProxQuant, 1 bit, hard at last',
  factory: proxQuantParametrization as never,
  values: { method: 'prox-quant', bits: 1, proxRate: 5, freeze: 1 },
});

checkParametrizationContract({
  name: 'BinaryRelax, 2 bits, hard at last',
  factory: binaryRelaxParametrization as never,
  values: { method: 'binary-relax', bits: 2, freeze: 1 },
  gradient: straight,
});

checkParametrizationContract({
  name: 'WaveQ, its bits learned',
  factory: waveqParametrization as never,
  values: { method: 'waveq', bits: 3, learnBits: true, waveStart: 0 },
});
