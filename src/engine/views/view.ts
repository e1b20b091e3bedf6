import type { Tensor } from '@tensorflow/tfjs-core';
import type { Encoding } from '../../numerics/stored-tensor';

/** In the order in which they stack; a parameter has at most one of each, and a later stage replaces its own kind. */
export const viewKinds = ['mask', 'structure', 'quantizer'] as const;
export type ViewKind = (typeof viewKinds)[number];

/**
 * What a layer's forward pass sees instead of its raw parameter. A view knows neither its layer nor the optimizer.
 * Views stack: each gets what the one below gives.
 */
export interface View {
  readonly kind: ViewKind;
  /** Index of the stage that installed it. */
  readonly stage: number;
  /**
   * Same shape as the latent; differentiable, with its surrogate gradient where the true one is zero.
   * Called inside every training step, which is traced and replayed: static shapes, no readback, nothing in JavaScript that
   * changes from step to step or from call to call. docs/captured-steps.md has the whole contract, checkViewContract tests it.
   */
  apply(latent: Tensor): Tensor;
  /** The codes and scales, or the floats, that the file stores for these latent values. The twin of `apply`. */
  materialize(latent: Float32Array): Encoding;
  /** Its own learned arrays by name; empty if it learns nothing. */
  state(): Promise<Readonly<Record<string, Float32Array>>>;
  dispose(): void;
}

/** Makes a view for one parameter from a stage's values; `state` is what `View.state` gave, when resuming. */
export type ViewFactory<Values> = (values: Values, stage: number, state: Readonly<Record<string, Float32Array>>) => View;

/** Adds a view to a parameter's stack at its place; the one of the same kind is disposed. */
export function installView(views: View[], view: View): void {
  const old = views.findIndex((other) => other.kind === view.kind);
  if (old >= 0) views.splice(old, 1)[0]?.dispose();
  views.push(view);
  views.sort((a, b) => viewKinds.indexOf(a.kind) - viewKinds.indexOf(b.kind));
}
