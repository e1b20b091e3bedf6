import type { RunEvent } from '../../experiment/types/events';
import type { Network } from '../network/network';
import type { Snapshot } from '../state/store-model';
import { inspectLayers, weightTiles } from './inspect-layers';
import { QuantizerInspector } from './inspect-quantizer';

/** Makes the inspection events of one run: what the pictures of the weights are drawn from. */
export class Inspector {
  private readonly quantizers = new QuantizerInspector();

  constructor(private readonly network: Network) {}

  /**
   * @param at the step of the run, and the training steps done
   * @param elapsed training steps of this stage done  @param progress the same as a share of the stage; 0 where it does not train
   */
  async inspect(
    at: { readonly stage: number; readonly globalStep: number },
    stored: Snapshot,
    elapsed: number,
    progress: number,
  ): Promise<RunEvent> {
    const { network } = this;
    const quantizers = await this.quantizers.take(network, stored.latent, stored, { globalStep: at.globalStep, elapsed, progress });
    const layers = inspectLayers(network, stored.latent, stored, quantizers);
    return { type: 'inspection', ...at, layers, tiles: weightTiles(network, stored.decoded), ledger: stored.ledger };
  }
}
