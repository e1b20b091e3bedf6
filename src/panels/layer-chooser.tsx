import styles from './layer-chooser.module.css';

interface Props {
  /** All of the network, in its order. */
  readonly layers: readonly string[];
  readonly selected: string;
  readonly onSelect: (layer: string) => void;
}

/** Which layer the picture shows. A native select: small, and at home on a phone. */
export function LayerChooser({ layers, selected, onSelect }: Props) {
  return (
    <select className={styles.select} aria-label="Layer" value={selected} onChange={(event) => onSelect(event.target.value)}>
      {layers.map((layer) => (
        <option key={layer} value={layer}>
          {layerTitle(layers, layer)}
        </option>
      ))}
    </select>
  );
}

/** "fc1 (first layer)", "conv2", "out (last layer)". */
function layerTitle(layers: readonly string[], layer: string): string {
  if (layer === layers[0]) return `${layer} (first layer)`;
  return layer === layers.at(-1) ? `${layer} (last layer)` : layer;
}
