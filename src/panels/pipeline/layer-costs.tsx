import { isWholeModel, layerCosts } from '../../experiment/results/layer-costs';
import type { LayerInspection } from '../../experiment/types/events';
import { compressionRate, type Ledger } from '../../numerics/measures/ledger';
import { bytesShort, count, fixed, percent, times } from '../../numerics/measures/number-words';
import { sharingRate } from '../../numerics/quantizers/shared-weights';
import { Formula } from '../../ui/formula';
import styles from './pipeline.module.css';

interface Props {
  readonly title: string;
  readonly ledger: Ledger;
  readonly layers: readonly LayerInspection[];
  /** Names of the layers whose weights are in clusters. */
  readonly clustered: readonly string[];
}

/** What each layer's weights take in the file, as Deep Compression's tables list it; the whole file in the last row. */
export function LayerCosts({ title, ledger, layers, clustered }: Props) {
  const costs = layerCosts(ledger, layers);
  const [largest] = layers
    .flatMap(({ layer, stored }, i) =>
      stored && clustered.includes(layer) && costs[i] ? [{ layer, n: costs[i].kept, k: stored.values.filter((v) => v !== 0).length }] : [],
    )
    .sort((a, b) => b.n - a.n);
  return (
    <div>
      <h3 className={styles.title}>{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={styles.scroll} aria-label={title} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">layer</th>
              <th scope="col">weights</th>
              <th scope="col">kept</th>
              <th scope="col">value bits per kept weight</th>
              <th scope="col">index bits per kept weight</th>
              <th scope="col">file</th>
              <th scope="col">share of this layer in float32</th>
              <th scope="col">× smaller than this layer in float32</th>
            </tr>
          </thead>
          <tbody>
            {costs.map(({ layer, weights, kept, weightBits, indexBits, bits, denseBits }) => (
              <tr key={layer}>
                <th scope="row">{layer}</th>
                <td>{count(weights)}</td>
                <td>{percent(kept / weights)}</td>
                <td>{fixed(weightBits, 2)}</td>
                <td>{fixed(indexBits, 2)}</td>
                <td>{bytesShort(bits / 8)}</td>
                <td>{percent(bits / denseBits, 2)}</td>
                <td>{times(denseBits / bits)}</td>
              </tr>
            ))}
            <tr className={styles.whole}>
              <th scope="row">whole file</th>
              <td colSpan={4}>with biases, codebooks, code tables and header</td>
              <td>{bytesShort(ledger.totalBits / 8)}</td>
              <td>{percent(1 / compressionRate(ledger), 2)}</td>
              <td>{times(compressionRate(ledger))}</td>
            </tr>
          </tbody>
        </table>
      </section>
      {isWholeModel(ledger, costs) ? null : (
        <p className={styles.rate}>
          Neurons or factors were removed: each layer is compared with what is left of it, the whole file with the original network of{' '}
          {count(ledger.weights)} weights.
        </p>
      )}
      {largest && largest.k > 1 ? (
        <p className={styles.rate}>
          Weight sharing alone, for the {count(largest.n)} kept weights of {largest.layer} in {count(largest.k)} clusters:{' '}
          <Formula tex={`r = \\frac{n\\,b}{n \\log_2 k + k\\,b} = ${fixed(sharingRate(largest.n, largest.k), 2)}`} />
        </p>
      ) : null}
    </div>
  );
}
