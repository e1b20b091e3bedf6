import type { StorageChoice } from '../../numerics/container/store-tensor';
import type { KeyedLayer } from '../operators/layers';
import type { Values } from '../settings/setting';

/** Arrays by name. */
export type Arrays = Readonly<Record<string, Float32Array>>;

/** Everything that a stage may change, as plain data and typed arrays. Randomness is counted, not stored. */
export interface ModelState {
  /** The present layers; each keeps the key of the original layer that it replaces. */
  readonly layers: readonly KeyedLayer[];
  /** Latent values by parameter name. */
  readonly parameters: Arrays;
  /** What lies over parameters, activations and gradients, in the order in which it was installed. */
  readonly parametrizations: readonly InstalledParametrization[];
  /** What stages found out for later ones, by name: bits for each layer, saliencies, synthetic images. */
  readonly outcomes: Arrays;
  /** Latent values as they were earlier, to rewind to. */
  readonly marks: readonly Mark[];
  /** How the file writes the tensors; dense and packed where it says nothing. */
  readonly storage: StorageChoice;
}

/** A parametrization as plain data: what it was made by, with which settings, and its own arrays. */
export interface InstalledParametrization {
  /** Parameter name, or `fc1/input`, `fc1/gradient`. */
  readonly place: string;
  readonly role: 'mask' | 'weights' | 'activations' | 'gradients';
  readonly method: string;
  /** Number of the step that installed it. */
  readonly stage: number;
  readonly settings: Values;
  /** The parameter's share of all elements that the stage quantizes; 1 for others. */
  readonly share: number;
  readonly state: Arrays;
}

export interface Mark {
  /** Training steps of the run that were done. */
  readonly step: number;
  readonly parameters: Arrays;
}
