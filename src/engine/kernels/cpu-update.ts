import {
  type AdamOptions,
  adamStep,
  type MomentumOptions,
  momentumStep,
  type RmspropOptions,
  rmspropStep,
  sgdStep,
} from '../../numerics/optimizers';
import type { ArrayKernel } from './cpu-arrays';

/** The kernel's attributes: the method and every method's options. */
type Options = { readonly method: 'sgd' | 'momentum' | 'adam' | 'rmsprop' } & MomentumOptions & AdamOptions & RmspropOptions;

/** The optimizer step of numerics/optimizers on copies of the arrays; gives the new [parameter, ...slots]. */
export const updateArrays: ArrayKernel = ({ parameter, gradient, slot0, slot1 }, arrays, attrs) => {
  const options = attrs as unknown as Options;
  const inputs = [parameter, slot0, slot1].filter((info) => info !== undefined);
  const outputs = inputs.map((info) => arrays.output(info.shape, 'float32'));
  const [weights, first, second] = outputs.map((info) => arrays.float32(info));
  for (const [i, copy] of [weights, first, second].entries()) copy?.set(arrays.float32(inputs[i]));
  const given = arrays.float32(gradient);
  switch (options.method) {
    case 'sgd':
      sgdStep(weights!, given, options);
      break;
    case 'momentum':
      momentumStep(weights!, given, first!, options);
      break;
    case 'adam':
      adamStep(weights!, given, first!, second!, options);
      break;
    case 'rmsprop':
      rmspropStep(weights!, given, first!, options);
  }
  return outputs;
};
