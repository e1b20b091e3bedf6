import { expect, test } from 'vitest';
import { RangeObserver } from '../../../numerics/calibration/calibration';
import type { Network } from '../../network/network';
import { checkParametrizationContract } from '../../testing/parametrization-contract';
import { parametrizationSetup } from '../../testing/parametrization-setup';
import { differences, trained } from '../../testing/tiny-training';
import { formatActivation, formatGradient, formatParametrization } from './format';

checkParametrizationContract({
  name: 'Numbers of MXFP4',
  factory: formatParametrization as never,
  values: { method: 'format', format: 'mxfp4' },
  gradient: (_latent, dy) => dy,
});

checkParametrizationContract({
  name: 'Updates in fixed point, rounded stochastically',
  factory: formatParametrization as never,
  values: { method: 'format', format: 'fixed', integerBits: 4, fractionBits: 10, rounding: 'stochastic', updates: 'format' },
  gradient: (_latent, dy) => dy,
});

test('activations and gradients in number formats: captured steps are eager ones', async () => {
  const chosen = { actFormat: 'mxfp8', actRounding: 'stochastic', gradFormat: 'fixed', gradRounding: 'stochastic', gradScale: 8 };
  const { values } = parametrizationSetup({ activations: 'format', gradients: 'format', ...chosen });
  const prepare = (network: Network) => {
    for (const place of network.linearLayers) {
      const { shape, index } = place;
      place.input = formatActivation({ values, stage: 0, shape, index, seed: 1, observed: new RangeObserver(), state: {} });
      place.gradient = formatGradient({ values, stage: 0, shape, index, seed: 1, state: {} });
    }
  };
  const training = { prepare, values: { lr: 0.01 } };
  const captured = await trained('captured', training, 20);
  expect(differences(captured, await trained('eager', training, 20))).toEqual([]);
  expect(captured.loss.at(-1)!).toBeLessThan(captured.loss[0]!);
});
