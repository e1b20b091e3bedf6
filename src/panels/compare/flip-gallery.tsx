import { type ReactNode, useEffect, useState } from 'react';
import { ImagePicture } from '../../charts/errors/image-picture';
import { fromBase64 } from '../../experiment/results/base64';
import { type Flip, flips } from '../../experiment/results/flips';
import type { KeptRun } from '../../experiment/results/kept-run';
import { count, plural } from '../../numerics/measures/number-words';
import { testImages } from '../../state/lab';
import { Button } from '../../ui/button';
import { Segmented } from '../../ui/segmented';
import styles from './compare.module.css';

/** Images that come at a time. */
const PAGE = 48;

type Test = Omit<Awaited<ReturnType<typeof testImages>>, 'pixels'>;

interface Props {
  readonly a: KeptRun;
  readonly b: KeptRun;
  /** What else is drawn from the test set's classes; without their names while it is not there. */
  readonly children: (classes: readonly string[]) => ReactNode;
}

/** The test images whose prediction differs: newly wrong, newly right, wrong differently. */
export function FlipGallery({ a, b, children }: Props) {
  const [test, setTest] = useState<Test | null>(null);
  const [problem, setProblem] = useState('');
  const { data } = a.record.experiment;
  useEffect(() => {
    let gone = false;
    testImages(data, []).then(
      (answer) => !gone && setTest(answer),
      (error: unknown) => !gone && setProblem(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      gone = true;
    };
  }, [data]);
  const found = test && flipsOf(test, a, b);
  return (
    <>
      {children(test?.classes ?? [])}
      <section className={styles.gallery} aria-label="Flipped predictions">
        <h3>Flipped predictions</h3>
        {problem ? <p>{problem}</p> : null}
        {!test && !problem ? <p>Reading the test images…</p> : null}
        {test && !found ? <p>One of the runs was saved without its predictions on this test set.</p> : null}
        {test && found ? <Flipped run={b} test={test} found={found} /> : null}
      </section>
    </>
  );
}

function flipsOf(test: Test, a: KeptRun, b: KeptRun): readonly Flip[] | null {
  try {
    return flips(test.labels, fromBase64(a.predicted), fromBase64(b.predicted));
  } catch {
    return null;
  }
}

const KINDS = [
  ['broke', 'Newly wrong'],
  ['fixed', 'Newly right'],
  ['moved', 'Wrong differently'],
] as const;

function Flipped({ run, test, found }: { readonly run: KeptRun; readonly test: Test; readonly found: readonly Flip[] }) {
  const [chosen, setChosen] = useState<Flip['kind']>(KINDS.find(([kind]) => found.some((flip) => flip.kind === kind))?.[0] ?? 'broke');
  const [pages, setPages] = useState(1);
  const all = found.filter(({ kind }) => kind === chosen);
  const shown = all.slice(0, pages * PAGE);
  const pixels = usePixels(run, shown);
  const name = (label: number) => test.classes[label] ?? String(label);
  if (found.length === 0) return <p>Both runs predict the same class for all {count(test.labels.length)} test images.</p>;
  const area = test.width * test.height * test.channels;
  return (
    <>
      <p>
        {plural(found.length, 'prediction')} of {count(test.labels.length)} flipped. Under each image: its class, then baseline → this run.
      </p>
      <Segmented
        label="Which flips"
        options={KINDS.map(([kind, label]) => ({
          value: kind,
          label: `${label} ${count(found.filter((flip) => flip.kind === kind).length)}`,
        }))}
        value={chosen}
        onChange={(next) => {
          setChosen(next as Flip['kind']);
          setPages(1);
        }}
      />
      <ul className={styles.images} data-long={test.classes.some((c) => c.length > 2) || undefined} aria-label="Flipped images">
        {shown.map(({ index, label, before, after }, i) => {
          const bytes = pixels?.subarray(i * area, (i + 1) * area);
          return (
            <li key={index} title={`test image ${count(index)}: ${name(label)}, ${name(before)} became ${name(after)}`}>
              {bytes?.length === area ? (
                <ImagePicture pixels={bytes} width={test.width} height={test.height} channels={test.channels} label={name(label)} />
              ) : (
                <span className={styles.coming} />
              )}
              <span>{name(label)}</span>
              <span className={styles.arrow}>
                {name(before)} <span aria-hidden="true">→</span>
                <span className="visually-hidden">became</span> <b>{name(after)}</b>
              </span>
            </li>
          );
        })}
      </ul>
      {all.length === 0 ? <p>None of this kind.</p> : null}
      {shown.length < all.length ? (
        <div>
          <Button small onPress={() => setPages(pages + 1)}>
            Show more of {count(all.length)}
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** The pixels of these images, one after the other; null until they are there. */
function usePixels({ record }: KeptRun, shown: readonly Flip[]): Uint8Array | null {
  const [held, setHeld] = useState<{ readonly key: string; readonly pixels: Uint8Array } | null>(null);
  const key = shown.map(({ index }) => index).join();
  const { data } = record.experiment;
  useEffect(() => {
    let gone = false;
    if (key === '') return;
    testImages(data, key.split(',').map(Number)).then(
      ({ pixels }) => !gone && setHeld({ key, pixels }),
      // The words under the frames still say what flipped.
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [data, key]);
  // Those that were there before stay while more are coming: a longer list begins with them.
  return held && (held.key === key || key.startsWith(`${held.key},`)) ? held.pixels : null;
}
