import type { Ledger, LedgerKind } from '../../numerics/measures/ledger';
import type { LayerInspection } from '../types/events';

/** What one layer's weights take in the model file. */
export interface LayerCost {
  /** As pictures call it: "fc1", "fc1 left". */
  readonly layer: string;
  readonly weights: number;
  /** Not pruned. */
  readonly kept: number;
  /** Bits per kept weight for the values: codes, or floats. */
  readonly weightBits: number;
  /** Bits per kept weight for saying which weights are kept; 0 where all are stored. */
  readonly indexBits: number;
  /** All of it: values, indices, scales, codebook, code tables. */
  readonly bits: number;
  /** The same weights in float32: of the layer as it is now, where neurons or factors were removed. */
  readonly denseBits: number;
}

const VALUES: readonly LedgerKind[] = ['codes', 'floats'];
const INDICES: readonly LedgerKind[] = ['masks', 'indices'];

/** The costs of each layer's weights, in the order of the layers. Biases and the header are not in it. */
export function layerCosts(ledger: Ledger, layers: readonly Pick<LayerInspection, 'layer' | 'shape' | 'pruned'>[]): readonly LayerCost[] {
  return layers.map(({ layer, shape, pruned = 0 }) => {
    const weights = shape.reduce((a, b) => a * b, 1);
    const kept = weights - pruned;
    const parts = ledger.parts.filter(({ tensor }) => tensor === tensorOf(layer));
    const sum = (kinds?: readonly LedgerKind[]) =>
      parts.reduce((total, { kind, bits }) => (!kinds || kinds.includes(kind) ? total + bits : total), 0);
    const each = (bits: number) => (kept > 0 ? bits / kept : 0);
    return { layer, weights, kept, weightBits: each(sum(VALUES)), indexBits: each(sum(INDICES)), bits: sum(), denseBits: 32 * weights };
  });
}

/** Whether the layers have all weights of the original network, with which the ledger compares the file. */
export function isWholeModel(ledger: Ledger, costs: readonly Pick<LayerCost, 'weights'>[]): boolean {
  return ledger.weights <= costs.reduce((sum, { weights }) => sum + weights, 0);
}

/** The stored tensor of an array of weights: "fc1" is fc1/kernel, "fc1 left" is fc1/left. */
function tensorOf(label: string): string {
  const at = label.indexOf(' ');
  return at < 0 ? `${label}/kernel` : `${label.slice(0, at)}/${label.slice(at + 1)}`;
}
