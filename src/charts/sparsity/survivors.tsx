import { count, percent } from '../../numerics/measures/number-words';
import { BarList } from '../shared/bar-list';
import type { SparseLayer } from './sparsity-types';

/** How many weights are left of each layer, and of all. */
export function Survivors({ layers }: { readonly layers: readonly Pick<SparseLayer, 'layer' | 'weights' | 'pruned'>[] }) {
  const all = layers.reduce((sum, { weights }) => sum + weights, 0);
  const left = layers.reduce((sum, { weights, pruned }) => sum + weights - pruned, 0);
  const rows = [...layers.map(({ layer, weights, pruned }) => ({ label: layer, of: weights, kept: weights - pruned }))];
  return (
    <BarList
      title="Kept weights of each layer"
      subtitle={`${percent(left / all)} of all weights`}
      summary={`${count(left)} of ${count(all)} weights are kept.`}
      full={1}
      rows={rows.map(({ label, of, kept }) => ({
        label,
        note: `${count(kept)} of ${count(of)}`,
        value: kept / of,
        text: percent(kept / of),
      }))}
      head={['layer', 'kept weights', 'share']}
    />
  );
}
