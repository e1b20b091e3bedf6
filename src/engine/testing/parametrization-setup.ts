/** For tests: what a stage passes to a parametrization's factory. */
import { defaultBlock } from '../../experiment/settings/block';
import type { Values } from '../../experiment/settings/setting';
import { stageDefinition } from '../../experiment/stages/registry';
import type { ParametrizationSetup } from '../parametrizations/parametrization';

/** A kernel of 12 inputs and 10 outputs, unless said otherwise; the quantize stage's defaults with `values` chosen. */
export function parametrizationSetup(values: Values = {}, change: Partial<ParametrizationSetup<never>> = {}): ParametrizationSetup<never> {
  const shape = change.shape ?? [12, 10];
  const size = shape.reduce((a, b) => a * b, 1);
  return {
    values: defaultBlock(stageDefinition('quantize').settings, values) as never,
    stage: 0,
    shape,
    role: 'weights',
    index: 0,
    seed: 1,
    fanIn: size / (shape.at(-1) ?? 1),
    fanOut: shape.at(-1) ?? 1,
    share: 1,
    latent: Float32Array.from({ length: size }, (_, i) => Math.sin(i + 1)),
    state: {},
    ...change,
  };
}
