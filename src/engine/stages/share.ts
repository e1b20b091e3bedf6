import type { Stage } from '../../experiment/types/experiment';
import { installWeights } from '../state/install';
import type { SketchContext } from '../training/stage-context';
import type { StageImplementation } from './stage';

/** Puts the weights of every layer into clusters of its own, in place of a quantizer that they had. Biases stay as they are. */
export const shareStage: StageImplementation = {
  // biome-ignore lint/correctness/useYield: a stage is an async generator, and this one has nothing to report
  async *run(stage, context) {
    await share(stage, context);
    return { steps: 0, completed: true };
  },
  sketch: share,
};

async function share({ bits, convBits, clusterStart }: Stage, { network, index }: SketchContext): Promise<void> {
  const latent = await network.read();
  const { weights } = network;
  const elements = weights.reduce((sum, parameter) => sum + parameter.latent.size, 0);
  for (const { spec, latent: variable } of weights) {
    const settings = { method: 'share', bits: Number(spec.shape.length === 4 ? convBits : bits), clusterStart: clusterStart ?? 'linear' };
    const place = { place: spec.name, method: 'share', stage: index, settings, share: variable.size / elements };
    await installWeights(network, place, latent[spec.name] ?? new Float32Array());
  }
}
