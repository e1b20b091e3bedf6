import { RecordedSign } from '../../charts/shared/chart-frame';
import { SmallHistogram } from '../../charts/weights/small-histogram';
import type { ImageShape, LayerSpec } from '../../experiment/operators/layers';
import type { LayerInspection } from '../../experiment/types/events';
import type { Stage } from '../../experiment/types/experiment';
import { plural } from '../../numerics/measures/number-words';
import { useRecorded, useShownRun } from '../../state/recorded/recorded-run';
import { useUi } from '../../state/ui/ui-store';
import styles from './network-graph.module.css';
import { arrayWords, layersNow, type NetworkNode, networkNodes, shapeWords, storedWords } from './network-nodes';

interface Props {
  readonly layers: readonly LayerSpec[];
  readonly input: ImageShape;
  readonly stages: readonly Stage[];
}

const none = [] as const;

/** The network drawn from its input to its output, with what the run has made of each layer. */
export function NetworkGraph({ layers, input, stages }: Props) {
  const inspection = useShownRun((s) => s.inspection);
  const recorded = useRecorded((s) => s.shown !== null);
  const { selectedLayer, selectLayer } = useUi();
  const inspected = inspection?.layers ?? none;
  const nodes = networkNodes(layersNow(layers, inspected, stages, inspection?.stage ?? null), input);
  const labels = nodes.flatMap(({ arrays }) => arrays.map(({ label }) => label));
  return (
    <section className={styles.network} aria-label="Layers of the network">
      <p className={styles.legend}>
        Press a layer to show it in all pictures. MACs: multiply-accumulate operations for one image.
        {recorded && inspection ? (
          <>
            {' '}
            <RecordedSign />
          </>
        ) : null}
      </p>
      <ol className={styles.nodes}>
        <li className={styles.end}>image, {shapeWords([input.height, input.width, input.channels])}</li>
        {nodes.map((node) => (
          <Node
            key={node.key}
            node={node}
            chosen={labels.includes(selectedLayer) ? selectedLayer : (labels[0] ?? '')}
            onChoose={selectLayer}
            inspected={inspected}
          />
        ))}
        <li className={styles.end}>a score for each class</li>
      </ol>
    </section>
  );
}

interface NodeProps {
  readonly node: NetworkNode;
  readonly chosen: string;
  readonly onChoose: (label: string) => void;
  readonly inspected: readonly LayerInspection[];
}

function Node({ node, chosen, onChoose, inspected }: NodeProps) {
  const { kind, name, arrays, macs, output } = node;
  if (arrays.length === 0)
    return (
      <li className={styles.plain}>
        {kind}
        {output ? <span className={styles.shape}>{shapeWords(output)}</span> : null}
      </li>
    );
  return (
    <li className={styles.weighted}>
      {arrays.map((array, i) => {
        const seen = inspected.find(({ layer }) => layer === array.label);
        return (
          <button
            key={array.label}
            type="button"
            className={styles.layer}
            aria-pressed={chosen === array.label}
            onClick={() => onChoose(array.label)}
          >
            <span className={styles.name}>{array.label}</span>
            <span className={styles.kind}>{i === 0 ? kind : `second factor of ${name}`}</span>
            <span className={styles.fact}>{arrayWords(array)}</span>
            {i === 0 ? <span className={styles.fact}>{plural(macs, 'MAC')}</span> : null}
            {seen ? (
              <>
                <span className={styles.histogram}>
                  <SmallHistogram latent={seen.latent} stored={seen.stored} />
                </span>
                <span className={styles.stored}>{storedWords(seen)}</span>
              </>
            ) : null}
          </button>
        );
      })}
      {output ? <span className={styles.shape}>{shapeWords(output)}</span> : null}
    </li>
  );
}
