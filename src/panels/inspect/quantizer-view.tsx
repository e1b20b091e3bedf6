import { FlipsTrace } from '../../charts/flips-trace';
import { GradientXray } from '../../charts/gradient-xray';
import { GranularityMap } from '../../charts/granularity-map';
import { QuantizerAnatomy } from '../../charts/quantizer-anatomy';
import { ScalePath } from '../../charts/scale-path';
import type { LayerInspection } from '../../experiment/events';
import { plural } from '../../numerics/format';
import type { QuantizerLook } from '../../numerics/quantizer-look';
import type { LookHistory } from '../../state/look-history';
import { LayerChooser } from '../layer-chooser';
import styles from './quantizer.module.css';

export interface QuantizerViewProps {
  readonly layers: readonly LayerInspection[];
  readonly looks: LookHistory;
  /** The middle column shows the same layer. */
  readonly selectedLayer: string;
  readonly onSelectLayer: (layer: string) => void;
}

/** One layer's quantizer in five pictures, on the layer's own weights. */
export function QuantizerView({ layers, looks, selectedLayer, onSelectLayer }: QuantizerViewProps) {
  const layer = layers.find((l) => l.layer === selectedLayer) ?? layers[0];
  if (!layer) return <p className={styles.note}>{NOTHING}</p>;
  const { quantizer } = layer;
  const history = looks[layer.layer] ?? [];
  return (
    <div className={styles.quantizer}>
      <header className={styles.header}>
        <LayerChooser layers={layers.map((l) => l.layer)} selected={layer.layer} onSelect={onSelectLayer} />
        <span>{quantizer ? inWords(quantizer) : 'stored as 32-bit floats'}</span>
      </header>
      {quantizer ? (
        <div className={styles.pictures}>
          <QuantizerAnatomy
            layer={layer.layer}
            group={quantizer.group}
            groups={quantizer.groups}
            spacing={quantizer.scale?.current.scale ?? null}
          />
          <GradientXray layer={layer.layer} group={quantizer.group} weights={quantizer.weights} dead={quantizer.dead} />
          <FlipsTrace layer={layer.layer} looks={history} />
          <ScalePath layer={layer.layer} curve={quantizer.scale} looks={history} groups={quantizer.groups} />
          <GranularityMap layer={layer.layer} map={quantizer.map} weights={quantizer.weights} overheadBits={quantizer.overheadBits} />
        </div>
      ) : (
        <p className={styles.note}>{layers.some((l) => l.quantizer) ? EXEMPT : FLOAT}</p>
      )}
    </div>
  );
}

const NOTHING = 'Press play: once a stage has quantized the weights, a layer’s quantizer is taken apart here.';
const FLOAT = 'No stage has quantized the weights yet. Behind a quantize stage, this layer’s quantizer is taken apart here.';
const EXEMPT = 'This layer is left in full precision. Choose another one.';

const kinds: Readonly<Record<QuantizerLook['kind'], string>> = {
  uniform: 'evenly spaced levels',
  codebook: 'a codebook',
  basis: 'sums of a basis',
  format: 'a format of numbers',
};

function inWords({ kind, bits, weights }: QuantizerLook): string {
  return `${plural(weights, 'weight')}, ${plural(bits, 'bit')}, ${kinds[kind]}`;
}
