import { useMemo, useState } from 'react';
import { HuffmanCodes } from '../../charts/ledger/huffman-codes';
import { indexRows } from '../../charts/ledger/index-layout';
import { IndexRow } from '../../charts/ledger/index-row';
import { relativeIndex } from '../../numerics/coding/relative-index';
import { NumberField } from '../../ui/number-field';
import { Segmented } from '../../ui/segmented';
import type { StoredWeights } from '../../worker/protocol-file';
import { LayerChooser } from '../layer-chooser';
import styles from './model-file.module.css';

const INDEX_BITS = 5;

/** How one layer is coded: Huffman codes of its codes or distances, and its relative index written out for one row. */
export function LayerPictures({ layers }: { readonly layers: readonly StoredWeights[] }) {
  const [name, setName] = useState('');
  const layer = layers.find((own) => shortName(own) === name) ?? layers[0];
  if (!layer) return null;
  return (
    <section className={styles.layer} aria-label="One layer">
      <header className={styles.choose}>
        <h3>One layer</h3>
        <LayerChooser layers={layers.map(shortName)} selected={shortName(layer)} onSelect={setName} />
      </header>
      <OneLayer key={layer.name} layer={layer} />
    </section>
  );
}

/** "fc1" for its matrix; other parts keep their name: "fc1/left". */
function shortName({ name }: StoredWeights): string {
  return name.replace(/\/kernel$/, '');
}

function OneLayer({ layer }: { readonly layer: StoredWeights }) {
  const pruned = useMemo(() => layer.kept.includes(0), [layer]);
  const [shown, setShown] = useState(layer.codes ? 'codes' : 'gaps');
  const [bits, setBits] = useState(layer.indexBits ?? INDEX_BITS);
  const index = useMemo(() => indexRows(layer.kept, layer.shape, bits), [layer, bits]);
  // A row with a filler shows what a filler is.
  const [row, setRow] = useState(() =>
    Math.max(
      0,
      index.fillers.findIndex((n) => n > 0),
    ),
  );
  const list = useMemo(() => (shown === 'codes' ? keptCodes(layer) : distances(layer.kept, bits)), [layer, shown, bits]);
  const choices = [
    { value: 'codes', label: 'Codes' },
    { value: 'gaps', label: 'Distances' },
  ];
  return (
    <>
      <HuffmanCodes
        list={list}
        noun={shown === 'codes' ? 'code' : 'distance'}
        bits={shown === 'codes' ? layer.bits : bits}
        tools={pruned ? <Segmented label="Numbers" options={choices} value={shown} onChange={setShown} /> : undefined}
      />
      {pruned ? (
        <>
          <div className={styles.fields}>
            <div>
              Row
              <NumberField
                label="Row of the matrix"
                value={Math.min(row, index.rows - 1)}
                min={0}
                max={index.rows - 1}
                step={1}
                integer
                onChange={setRow}
              />
            </div>
            <div>
              Index bits
              <NumberField label="Bits of a distance" value={bits} min={1} max={16} step={1} integer unit="bits" onChange={setBits} />
            </div>
          </div>
          <IndexRow index={index} row={Math.min(row, index.rows - 1)} bits={bits} />
        </>
      ) : (
        <p className={styles.note}>No weight of this layer is 0, so it needs no index.</p>
      )}
    </>
  );
}

/** The codes of the kept weights, in order. */
function keptCodes({ codes, kept }: StoredWeights): Int32Array {
  return codes ? codes.filter((_, i) => kept[i] === 1) : new Int32Array();
}

/** All distances of the relative index, as they are read: 1 … 2^bits. */
function distances(kept: Uint8Array, bits: number): Int32Array {
  const indices: number[] = [];
  for (let i = 0; i < kept.length; i++) if (kept[i] === 1) indices.push(i);
  return relativeIndex(Int32Array.from(indices), bits).gaps.map((gap) => gap + 1);
}
