import { useState } from 'react';
import { WeightsPair } from '../../charts/weights-pair';
import type { KeptRun } from '../../experiment/results/kept-run';
import { LayerChooser } from '../layer-chooser';

/** The weights of both runs on the same axes, layer by layer. */
export function WeightsChange({ a, b }: { readonly a: KeptRun; readonly b: KeptRun }) {
  const [chosen, setChosen] = useState('');
  if (!a.weights || !b.weights) {
    const which = a.weights || b.weights ? (a.weights ? 'This run was' : 'The baseline was') : 'Both runs were';
    return <p>{which} kept without weights, by an older page: their distributions cannot be compared until it has run again.</p>;
  }
  const both = a.weights.flatMap((baseline) => {
    const run = b.weights?.find(({ layer }) => layer === baseline.layer);
    return run ? [{ layer: baseline.layer, baseline, run }] : [];
  });
  const shown = both.find(({ layer }) => layer === chosen) ?? both[0];
  if (!shown) return <p>The two models have no layer of the same name: their weights cannot be laid over each other.</p>;
  return (
    <WeightsPair
      key={shown.layer}
      {...shown}
      tools={
        both.length > 1 ? <LayerChooser layers={both.map(({ layer }) => layer)} selected={shown.layer} onSelect={setChosen} /> : undefined
      }
    />
  );
}
