/** The engine's layers in jax-js. Every use of an array gives it away; `.ref` keeps it. */
import { type Array as JaxArray, lax, nn, numpy as np, random } from '@jax-js/jax';
import type { LayerSpec } from '../../src/experiment/operators/layers';

export type Parameters = Record<string, JaxArray>;

export interface Context {
  /** Moving statistics before the step. */
  readonly statistics: Parameters;
  /** Receives them as they are after it. */
  readonly moved: Parameters;
  /** Of the random numbers of this step. */
  readonly key: JaxArray;
}

/** @param x [n, channels, height, width] or [n, pixels]  @returns logits [n, classes] */
export function forward(layers: readonly LayerSpec[], x: JaxArray, parameters: Parameters, context: Context): JaxArray {
  const droppers = layers.filter((layer) => layer.type === 'dropout').length;
  const keys = droppers > 0 ? random.split(context.key, droppers) : context.key;
  let dropped = 0;
  let value = x;
  for (const layer of layers) value = apply(layer, value, parameters, context, () => keys.ref.slice(dropped++));
  keys.dispose();
  return value;
}

function apply(layer: LayerSpec, x: JaxArray, parameters: Parameters, context: Context, nextKey: () => JaxArray): JaxArray {
  const parameter = (role: string) => parameters[`${(layer as { name: string }).name}/${role}`] as JaxArray;
  switch (layer.type) {
    case 'flatten':
      return x.shape.length === 2 ? x : x.reshape([x.shape[0] ?? 0, -1]);
    case 'dense':
      return np.matmul(x, parameter('kernel')).add(parameter('bias'));
    case 'conv': {
      const maps = lax.conv(x, parameter('kernel'), [1, 1], layer.padding === 'same' ? 'SAME' : 'VALID');
      return maps.add(perChannel(parameter('bias'), 4));
    }
    case 'activation':
      return layer.fn === 'relu' ? nn.relu(x) : layer.fn === 'tanh' ? np.tanh(x) : nn.sigmoid(x);
    case 'maxPool':
      return lax.reduceWindow(x, np.max, [layer.size, layer.size], [layer.size, layer.size]);
    case 'dropout': {
      const kept = random.bernoulli(nextKey(), 1 - layer.rate, x.shape);
      return np.where(kept, x.mul(1 / (1 - layer.rate)), 0);
    }
    case 'batchNorm': {
      const rank = x.shape.length;
      const axes = rank === 4 ? [0, 2, 3] : [0];
      const mean = np.mean(x.ref, axes);
      const centred = x.sub(perChannel(mean.ref, rank));
      const variance = np.mean(np.square(centred.ref), axes);
      follow(context, `${layer.name}/mean`, mean, layer.momentum);
      follow(context, `${layer.name}/variance`, variance.ref, layer.momentum);
      const scale = parameter('gamma').div(np.sqrt(variance.add(layer.epsilon)));
      return centred.mul(perChannel(scale, rank)).add(perChannel(parameter('beta'), rank));
    }
    default:
      throw new RangeError(`The peer has no ${layer.type} layer.`);
  }
}

/** One number a channel, shaped to go with images or with rows. */
function perChannel(values: JaxArray, rank: number): JaxArray {
  return rank === 4 ? values.reshape([-1, 1, 1]) : values;
}

function follow({ statistics, moved }: Context, name: string, seen: JaxArray, momentum: number): void {
  moved[name] = lax.stopGradient((statistics[name] as JaxArray).mul(momentum).add(seen.mul(1 - momentum)));
}
