import * as tf from '@tensorflow/tfjs-core';
import type { Values } from '../../experiment/settings/setting';
import type { Encoding } from '../../numerics/container/stored-tensor';
import type { Stepping } from '../../numerics/inspection/quantizer-inspection';
import { readTensor } from '../device/gpu-program';
import type { StepContext } from '../device/step-context';

/** In the order in which they stack; a parameter has at most one of each. A later quantizer replaces an earlier one, masks intersect. */
export const parametrizationKinds = ['mask', 'quantizer'] as const;
export type ParametrizationKind = (typeof parametrizationKinds)[number];

/** An array that belongs to a parametrization: a learned scale, a fitted codebook, a moving average. Part of every checkpoint. */
export interface StateArray {
  /** Unique in the parametrization: 'scale'. */
  readonly name: string;
  readonly variable: tf.Variable;
  /**
   * Times the stage's learning rate, where the optimizer of the training stage updates it by the gradient of the loss;
   * 0 where the parametrization itself gives it its values (see `assign`).
   */
  readonly rate: number;
}

/** The values of a parametrization's arrays, by name. */
export type ParametrizationState = Readonly<Record<string, Float32Array>>;

/** What a parametrization was made by and with, as plain data: enough to make it again from a checkpoint. */
export interface Origin {
  /** An id of the registry for the parametrization's kind and place. */
  readonly method: string;
  readonly settings: Values;
  /** The parameter's share of all elements that the stage quantizes. */
  readonly share: number;
}

/** What all parametrizations have in common: those over parameters, over activations and over gradients. */
export interface Installed {
  /** Index of the stage that installed it. */
  readonly stage: number;
  readonly arrays: readonly StateArray[];
  /** Absent where no stage installed it. */
  readonly origin?: Origin;
  /**
   * Same shape as what it is given; differentiable, with its surrogate gradient where the true one is zero.
   * Called inside every training step, which is traced and replayed: static shapes, no readback, nothing in JavaScript that
   * changes from step to step or from call to call. docs/captured-steps.md has the whole contract, checkParametrizationContract tests it.
   */
  apply(values: tf.Tensor, context: StepContext): tf.Tensor;
}

/**
 * What a layer's forward pass sees instead of its raw parameter. A parametrization knows neither its layer nor the
 * optimizer. Parametrizations stack (stack.ts): each gets what the one below gives, in training, in the penalty and in the file.
 */
export interface Parametrization extends Installed {
  readonly kind: ParametrizationKind;
  /** Times the learning rate of the latent values; 1 if absent. */
  readonly rate?: number;
  /** Latent values to begin with in place of those that it was given; looked at when a stage puts the parametrization there for the first time. */
  readonly latent?: Float32Array;
  /** How its codes follow from the scale, where that is not to the nearest between the limits of its bits: for the pictures. */
  readonly stepping?: Stepping;
  /** Whether it is measured, at the end of a training stage, how many weights a step leaves as they are. */
  readonly countsUpdates?: boolean;
  /** A term of the training loss, []; differentiated with respect to the values below and the parametrization's own arrays. */
  penalty?(below: tf.Tensor, context: StepContext): tf.Tensor;
  /** Called after the optimizer's update, inside the captured step: clip, re-binarize, keep positive. Writes with `assign`. */
  afterStep?(latent: tf.Variable, context: StepContext): void;
  /**
   * The codes and scales, or the floats, that represent these values: the twin of `apply` outside training. Those of the topmost
   * parametrization go into the file.
   * @param below what the parametrization below gives, or the latent values  @param state the values of `arrays`
   */
  materialize(below: Float32Array, state: ParametrizationState): Encoding;
}

/** What every factory knows of the place that its parametrization is for: a parameter, or a layer's input or gradient. */
export interface PlaceSetup<Settings = Values> {
  /** The stage's values. */
  readonly values: Settings;
  readonly stage: number;
  /** Of the parameter, or of one example. */
  readonly shape: readonly number[];
  /** Keys random streams together with the seed: `Purpose.rounding + 16 * index`. */
  readonly index: number;
  readonly seed: number;
  /** Values of its arrays to continue with; empty for a new parametrization. */
  readonly state: ParametrizationState;
}

/** What a factory knows of the parameter that the parametrization is for. */
export interface ParametrizationSetup<Settings = Values> extends PlaceSetup<Settings> {
  readonly role: 'weights' | 'bias';
  readonly fanIn: number;
  readonly fanOut: number;
  /** The parameter's share of all elements that the stage quantizes: weights of a layer-weighted penalty. */
  readonly share: number;
  /** What the parametrizations below give when it is installed: what scales and codebooks are fitted to. */
  readonly latent: Float32Array;
}

/** Makes a parametrization for one parameter. */
export type ParametrizationFactory<Settings = Values> = (setup: ParametrizationSetup<Settings>) => Parametrization;

/** Adds a parametrization to a parameter's stack at its place; the one of the same kind is disposed. */
export function installParametrization(parametrizations: Parametrization[], parametrization: Parametrization): void {
  removeParametrization(parametrizations, parametrization.kind);
  parametrizations.push(parametrization);
  parametrizations.sort((a, b) => parametrizationKinds.indexOf(a.kind) - parametrizationKinds.indexOf(b.kind));
}

/** Takes the parametrization of this kind away, if there is one. */
export function removeParametrization(parametrizations: Parametrization[], kind: ParametrizationKind): void {
  const old = parametrizations.findIndex((other) => other.kind === kind);
  if (old >= 0) for (const parametrization of parametrizations.splice(old, 1)) disposeParametrization(parametrization);
}

export function disposeParametrization({ arrays }: Installed): void {
  for (const { variable } of arrays) variable.dispose();
}

/**
 * An array of a parametrization, with the values to continue with if there are any.
 * @param rate times the stage's learning rate; 0 if the optimizer shall leave it alone
 */
export function stateArray(
  name: string,
  fresh: Float32Array,
  shape: readonly number[],
  rate: number,
  state: ParametrizationState,
): StateArray {
  const values = state[name] ?? fresh;
  return { name, rate, variable: tf.tidy(() => tf.variable(tf.tensor(values.slice(), [...shape]), rate !== 0)) };
}

/** The values of a parametrization's arrays, read back. */
export async function readState({ arrays }: Installed): Promise<ParametrizationState> {
  const entries = await Promise.all(arrays.map(async ({ name, variable }) => [name, await readTensor(variable)] as const));
  return Object.fromEntries(entries);
}

/** The same for several parametrizations, in their order. */
export function readStates(parametrizations: readonly Installed[]): Promise<ParametrizationState[]> {
  return Promise.all(parametrizations.map(readState));
}
