import type { InstalledParametrization } from '../../experiment/types/model-state';
import { RangeObserver } from '../../numerics/calibration/calibration';
import type { Network } from '../network/network';
import { delayed } from '../parametrizations/delayed';
import { maskParametrization } from '../parametrizations/mask';
import {
  disposeParametrization,
  type Installed,
  installParametrization,
  type Origin,
  readStates,
  removeParametrization,
} from '../parametrizations/parametrization';
import { quantizerFor } from '../parametrizations/quantizers/registry';
import { valuesBelow } from '../parametrizations/stack';

/** Takes every quantizer away, of parameters, activations and gradients; masks stay. */
export function removeQuantizers(network: Network): void {
  for (const { parametrizations } of network.parameters) removeParametrization(parametrizations, 'quantizer');
  for (const place of network.linearLayers) {
    if (place.input) disposeParametrization(place.input);
    place.input = undefined;
    place.gradient = undefined;
  }
}

type Place = Omit<InstalledParametrization, 'role' | 'state'> & { readonly state?: InstalledParametrization['state'] };

/**
 * Puts a quantizer over a parameter, fitted to what its mask leaves.
 * @returns latent values that the quantizer begins with in place of those that are there, if it has any
 */
export async function installWeights(network: Network, place: Place, latent: Float32Array): Promise<Float32Array | undefined> {
  const { spec, parametrizations } = network.parameter(place.place);
  const { shape, fanIn, fanOut, stream, role } = spec;
  const below = valuesBelow(parametrizations, 'quantizer', latent, await readStates(parametrizations));
  const parametrization = quantizerFor(
    place.method,
    'weights',
  )({
    ...setupOf(network, place, stream, shape),
    role: role === 'bias' ? 'bias' : 'weights',
    ...{ fanIn, fanOut, share: place.share, latent: below },
  });
  installParametrization(parametrizations, { ...delayed(parametrization, delayOf(place)), origin: originOf(place) });
  return parametrization.latent;
}

/** Puts a quantizer over a linear layer's input. @param observed its inputs over the calibration images; nothing when a run is resumed */
export function installActivations(network: Network, place: Place, observed = new RangeObserver()): void {
  const linear = linearLayerOf(network, place.place);
  if (!linear) return;
  const setup = { ...setupOf(network, place, linear.index, linear.shape), observed };
  linear.input = { ...delayed(quantizerFor(place.method, 'activations')(setup), delayOf(place)), origin: originOf(place) };
}

/** Puts a quantizer over the gradient of a linear layer's output. */
export function installGradients(network: Network, place: Place): void {
  const linear = linearLayerOf(network, place.place);
  if (!linear) return;
  const gradient = quantizerFor(place.method, 'gradients')(setupOf(network, place, linear.index, linear.shape));
  linear.gradient = { ...gradient, origin: originOf(place) };
}

/** Puts a mask over a parameter. @param fresh 1 where a weight is kept; the state's, or all, if absent */
export function installMask(network: Network, { place, method, stage, state = {} }: Place, fresh?: Uint8Array): void {
  const { spec, parametrizations } = network.parameter(place);
  installParametrization(parametrizations, maskParametrization(stage, spec.shape, fresh, state, method));
}

function setupOf({ seed }: Network, { settings, stage, state = {} }: Place, index: number, shape: readonly number[]) {
  return { values: settings, stage, shape, index, seed, state };
}

function originOf({ method, settings, share }: Place): Origin {
  return { method, settings, share };
}

function delayOf({ settings }: Place): number {
  return Number(settings.delay ?? 0);
}

function linearLayerOf({ linearLayers }: Network, place: string) {
  return linearLayers.find(({ layer }) => place === `${layer}/input` || place === `${layer}/gradient`);
}

/** A parametrization that a stage installed, as plain data. */
export function installedAs(
  parametrization: Installed,
  place: string,
  role: InstalledParametrization['role'],
  state: InstalledParametrization['state'],
): InstalledParametrization[] {
  const { origin, stage } = parametrization;
  return origin ? [{ place, role, stage, ...origin, state }] : [];
}
