import type { QuantizeStage } from '../../experiment/types';
import type { Network } from '../nn/network';
import { viewFactory } from '../views/registry';
import { installView } from '../views/view';
import type { StageImplementation } from './stage';

/** Installs the quantizer on every kernel: what follows trains through it, and the file stores its codes. */
export const quantizeStage: StageImplementation = {
  steps: () => 0,
  // biome-ignore lint/correctness/useYield: the stage is over in one turn; its results are reported by run().
  async *run(stage, { network, index }) {
    install(stage as QuantizeStage, index, network, {});
    return { steps: 0, completed: true };
  },
  restore: (stage, index, network, installed) => install(stage as QuantizeStage, index, network, installed.state),
};

function install(stage: QuantizeStage, index: number, network: Network, state: Readonly<Record<string, Float32Array>>): void {
  const create = viewFactory(stage.method);
  for (const parameter of network.kernels) {
    const prefix = `${parameter.spec.name}/`;
    const own = Object.entries(state).filter(([name]) => name.startsWith(prefix));
    const view = create(stage, index, Object.fromEntries(own.map(([name, values]) => [name.slice(prefix.length), values])));
    installView(parameter.views, view);
  }
}
