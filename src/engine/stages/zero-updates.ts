import type { Network } from '../nn/network';

/** By parameter name. */
type Values<T = Float32Array> = Readonly<Record<string, T>>;

/** Whether some view wants to know how many weights a step leaves as they are. */
export function countsUpdates(network: Network): boolean {
  return network.parameters.some(({ views }) => views.some((view) => view.countsUpdates));
}

/**
 * Share of each kernel's weights that are the same, to the bit, as they were before a step.
 * (Gupta et al. 2015, arXiv 1502.02551, section 4, on why rounding to nearest fails.)
 */
export function unchangedSince(before: Values, { kernels }: Network, after: Values): Values<number> {
  return Object.fromEntries(kernels.map(({ spec: { name } }) => [name, unchanged(before[name], after[name])]));
}

function unchanged(before: Float32Array = new Float32Array(), after: Float32Array = new Float32Array()): number {
  let count = 0;
  for (let i = 0; i < before.length; i++) if (before[i] === after[i]) count++;
  return count / before.length;
}
