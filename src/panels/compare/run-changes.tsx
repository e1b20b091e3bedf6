import { useState } from 'react';
import { WeightsPair } from '../../charts/weights/weights-pair';
import { type Difference, differences } from '../../experiment/program/differences';
import type { KeptRun } from '../../experiment/results/kept-run';
import { circled } from '../../numerics/measures/number-words';
import { backendLabel } from '../labels';
import { LayerChooser } from '../layer-chooser';
import styles from './compare.module.css';

/** Only what is not the same in both. */
export function DifferenceChips({ a, b }: { readonly a: KeptRun; readonly b: KeptRun }) {
  const found = differences(a.record.experiment, b.record.experiment);
  const [one, other] = [a.record.backend.name, b.record.backend.name];
  return (
    <ul className={styles.chips} aria-label="What differs">
      {found.map((difference) => (
        <li key={`${placeText(difference)} ${difference.label}`} className={styles.chip}>
          <span className={styles.place}>{placeText(difference)}</span> <Change label={difference.label} values={difference.values} />
        </li>
      ))}
      {one === other ? null : (
        <li className={styles.chip}>
          <Change label="backend" values={[backendLabel(one), backendLabel(other)]} />
        </li>
      )}
      {found.length === 0 ? <li className={styles.same}>The two experiments differ only in their titles, if at all.</li> : null}
    </ul>
  );
}

function Change({ label, values: [before, after] }: Pick<Difference, 'label' | 'values'>) {
  return (
    <>
      {label} <b>{before ?? 'none'}</b>
      <span aria-hidden="true"> → </span>
      <span className="visually-hidden"> became </span>
      <b>{after ?? 'none'}</b>
    </>
  );
}

/** "② quantize"; "① → ② train" where the stage is elsewhere. */
function placeText({ block, stages: [before, after] }: Difference): string {
  const place =
    before && after && before !== after ? `${circled(before)} → ${circled(after)}` : before || after ? circled(before ?? after ?? 0) : '';
  return [place, block].filter(Boolean).join(' ');
}

/** The weights of both runs on the same axes, layer by layer. */
export function WeightsChange({ a, b }: { readonly a: KeptRun; readonly b: KeptRun }) {
  const [chosen, setChosen] = useState('');
  if (!a.weights || !b.weights) {
    const which = a.weights || b.weights ? (a.weights ? 'This run was' : 'The baseline was') : 'Both runs were';
    return <p>{which} saved without weights by an older version: run again to compare the distributions.</p>;
  }
  const both = a.weights.flatMap((baseline) => {
    const run = b.weights?.find(({ layer }) => layer === baseline.layer);
    return run ? [{ layer: baseline.layer, baseline, run }] : [];
  });
  const shown = both.find(({ layer }) => layer === chosen) ?? both[0];
  if (!shown) return <p>The two models have no layer with the same name: their weights cannot be compared.</p>;
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
