import styles from './layer-chooser.module.css';

interface Props {
  readonly layers: readonly string[];
  readonly selected: string;
  readonly onSelect: (layer: string) => void;
}

/** Which layer the picture shows. A native select: small, and at home on a phone. */
export function LayerChooser({ layers, selected, onSelect }: Props) {
  return (
    <select className={styles.select} aria-label="Layer" value={selected} onChange={(event) => onSelect(event.target.value)}>
      {layers.map((layer) => (
        <option key={layer}>{layer}</option>
      ))}
    </select>
  );
}
