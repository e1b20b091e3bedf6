import { quantize, symmetricScale } from '../../numerics/uniform';
import { fakeQuantize } from '../kernels/fake-quantize';
import type { ViewFactory } from './view';

/**
 * Uniform symmetric quantizer with a straight-through gradient; the scale follows max |w| at every step.
 * Bengio, Léonard and Courville 2013 (arXiv 1308.3432); Jacob et al. 2018 (arXiv 1712.05877).
 */
export const steView: ViewFactory<{ readonly bits: number }> = ({ values: { bits }, stage }) => ({
  kind: 'quantizer',
  stage,
  arrays: [],
  apply: (latent) => fakeQuantize(latent, { bits }),
  materialize(latent) {
    const scale = symmetricScale(latent, bits);
    return { kind: 'uniform', bits, codes: quantize(latent, scale, bits), scales: Float32Array.of(scale) };
  },
});
