import { useState } from 'react';
import { ClassChange } from '../../charts/errors/class-change';
import type { KeptRun } from '../../experiment/results/kept-run';
import { Select } from '../../ui/select';
import styles from './compare.module.css';
import { letterOf, namesOf } from './compare-names';
import { FlipGallery } from './flip-gallery';
import { WeightsChange } from './run-changes';

/** What only two runs can be compared in: weights, classes, predictions. */
export function PairPictures({ a, b }: { readonly a: KeptRun; readonly b: KeptRun }) {
  return (
    <>
      <WeightsChange key={`${a.id} ${b.id}`} a={a} b={b} />
      <Predictions a={a} b={b} />
    </>
  );
}

/** Two of several runs, to be chosen, with their pictures. */
export function PairChooser({ runs }: { readonly runs: readonly KeptRun[] }) {
  const [pair, setPair] = useState<readonly [number, number]>([0, 1]);
  const names = namesOf(runs);
  const options = runs.map((run, i) => ({ value: run.id, label: `${letterOf(i)} · ${names[i]}` }));
  const [a, b] = [runs[pair[0]], runs[pair[1]]];
  const place = (id: string) => runs.findIndex((run) => run.id === id);
  if (!a || !b) return null;
  return (
    <>
      <section className={styles.pair} aria-label="Two of them">
        <h3>Two of them</h3>
        <Select label="Baseline of the pair" options={options} value={a.id} onChange={(id) => setPair([place(id), pair[1]])} />
        <span>and</span>
        <Select label="Run of the pair" options={options} value={b.id} onChange={(id) => setPair([pair[0], place(id)])} />
      </section>
      {a === b ? <p>Choose two different runs to compare their weights and predictions.</p> : <PairPictures a={a} b={b} />}
    </>
  );
}

function Predictions({ a, b }: { readonly a: KeptRun; readonly b: KeptRun }) {
  const [before, after] = [a.record.experiment.data, b.record.experiment.data];
  if (before.dataset !== after.dataset || before.checksum !== after.checksum) {
    return <p>The two runs were tested on different data: their classes and predictions cannot be compared.</p>;
  }
  return (
    <FlipGallery key={`${a.id} ${b.id}`} a={a} b={b}>
      {(classes) =>
        a.perClass.length === b.perClass.length && b.perClass.length > 0 ? (
          <ClassChange classes={classes} baseline={a.perClass} run={b.perClass} />
        ) : null
      }
    </FlipGallery>
  );
}
