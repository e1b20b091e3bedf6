import { defaultStage } from '../../experiment/defaults';
import type { QuantizeStage, Stage } from '../../experiment/types';
import { RangeObserver } from '../../numerics/calibration';
import { activationFactory } from '../activations/registry';
import { gradientFactory } from '../gradients/registry';
import { foldable, folded } from '../nn/fold';
import type { Network } from '../nn/network';
import type { Parameter } from '../nn/parameter';
import { delayed } from '../views/delayed';
import { viewFactory } from '../views/registry';
import { disposeView, installView, removeView, type ViewState } from '../views/view';
import { observeActivations } from './observe';
import type { StageImplementation } from './stage';

type State = Readonly<Record<string, Float32Array>>;

/** Installs the quantizers: what follows trains through them, and the file stores their codes. */
export const quantizeStage: StageImplementation = {
  steps: () => 0,
  // biome-ignore lint/correctness/useYield: the stage is over in one turn; its results are reported by run().
  async *run(anyStage, { network, feeder, index, experiment }) {
    const stage = anyStage as QuantizeStage;
    clear(network);
    if (stage.fold) fold(network, index, await network.read());
    const observers = stage.activations === 'none' ? new Map() : await observeActivations(network, feeder, Number(stage.samples));
    await install(stage, index, network, { seed: experiment.seed, state: {}, observers, fresh: true });
    return { steps: 0, completed: true };
  },
  async restore(anyStage, index, network, installed) {
    const stage = anyStage as QuantizeStage;
    clear(network);
    if (stage.fold) for (const { norm } of foldable(network.layers)) network.folds.set(norm, index);
    await install(stage, index, network, { seed: network.seed, state: installed.state, observers: new Map(), fresh: false });
  },
};

/** Takes away what an earlier stage installed. */
function clear(network: Network): void {
  for (const { views } of network.parameters) removeView(views, 'quantizer');
  for (const place of network.products) {
    if (place.input) disposeView(place.input);
    place.input = undefined;
    place.gradient = undefined;
  }
}

function fold(network: Network, index: number, values: State): void {
  for (const place of foldable(network.layers)) {
    if (network.isFolded(place.norm)) continue;
    network.write(folded(place, values));
    network.folds.set(place.norm, index);
  }
}

interface Given {
  readonly seed: number;
  readonly state: State;
  readonly observers: ReadonlyMap<string, RangeObserver>;
  /** Whether the stage runs, rather than being put back behind a checkpoint. */
  readonly fresh: boolean;
}

async function install(stage: QuantizeStage, index: number, network: Network, { seed, state, observers, fresh }: Given): Promise<void> {
  const latent = await network.read();
  const exempt = exemptLayers(stage.exempt, network);
  const chosen = network.parameters.filter(({ spec }) => isQuantized(spec.role, stage) && !exempt.has(spec.layer));
  const elements = chosen.reduce((sum, parameter) => sum + parameter.latent.size, 0);
  for (const parameter of chosen) {
    const { spec, views, index: number } = parameter;
    const { shape, fanIn, fanOut } = spec;
    const role = spec.role === 'kernel' ? 'kernel' : 'bias';
    const own = role === 'bias' && stage.biases === 'uniform';
    const view = viewFactory(own ? 'ste' : stage.method)({
      values: own ? biasValues(stage) : stage,
      stage: index,
      ...{ shape, role, index: number, seed, fanIn, fanOut },
      share: parameter.latent.size / elements,
      latent: latent[spec.name] ?? new Float32Array(),
      state: within(state, spec.name),
    });
    installView(views, delayed(view, stage.delay));
    if (fresh && view.latent) network.write({ [spec.name]: view.latent });
  }
  const createInput = activationFactory(stage.activations);
  const createGradient = gradientFactory(stage.gradients);
  for (const place of network.products) {
    if (exempt.has(place.layer)) continue;
    const observed = observers.get(place.layer) ?? new RangeObserver();
    const { shape, index: number, layer } = place;
    const setup = { values: stage, stage: index, shape, index: number, seed };
    if (createInput) place.input = delayed(createInput({ ...setup, observed, state: within(state, `${layer}/input`) }), stage.delay);
    if (createGradient) place.gradient = createGradient(setup);
  }
}

function isQuantized(role: Parameter['spec']['role'], stage: QuantizeStage): boolean {
  return role === 'kernel' || (role === 'bias' && stage.biases !== 'float');
}

/** The uniform quantizer at its defaults, with the bits of biases. */
function biasValues({ biasBits = 8 }: QuantizeStage): QuantizeStage {
  return { ...defaultStage('quantize'), method: 'ste', bits: biasBits } as Stage as QuantizeStage;
}

function exemptLayers(exempt: string, { products, layers }: Network): ReadonlySet<string> {
  if (exempt === 'dense') return new Set(layers.flatMap((layer) => (layer.type === 'dense' ? [layer.name] : [])));
  const names = products.map(({ layer }) => layer);
  const first = exempt === 'first' || exempt === 'both' ? names.slice(0, 1) : [];
  const last = exempt === 'last' || exempt === 'both' ? names.slice(-1) : [];
  return new Set([...first, ...last]);
}

/** The entries under `place/`, without that prefix. */
function within(state: State, place: string): ViewState {
  const prefix = `${place}/`;
  return Object.fromEntries(
    Object.entries(state).flatMap(([name, values]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), values] as const] : [])),
  );
}
