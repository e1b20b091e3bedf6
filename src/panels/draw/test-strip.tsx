import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ImagePicture } from '../../charts/errors/image-picture';
import type { DataBlock } from '../../experiment/types/experiment';
import { count } from '../../numerics/measures/number-words';
import { testImages } from '../../state/lab';
import type { TakenImage } from '../../state/ui/look-inside';
import { Button } from '../../ui/button';
import { Segmented } from '../../ui/segmented';
import type { TestImages } from '../../worker/protocol';
import styles from './draw.module.css';
import { disagreements, pageOf } from './test-choice';

interface Props {
  readonly data: DataBlock;
  readonly testCount: number;
  readonly taken: number | null;
  readonly onTake: (image: TakenImage) => void;
  /** What the two models predicted for every test image; null while one of them was not measured. */
  readonly predicted: readonly [ArrayLike<number>, ArrayLike<number>] | null;
}

/** Test images to show to the models: all in order, or those on which the two disagree. */
export function TestStrip({ data, testCount, taken, onTake, predicted }: Props) {
  const [which, setWhich] = useState('all');
  const [page, setPage] = useState(0);
  const differing = predicted ? disagreements(...predicted) : null;
  const list = which === 'differing' ? differing : null;
  const { indices, pages, page: shown } = pageOf(list, list?.length ?? testCount, page);
  const { images, problem } = useImages(data, indices);
  const choose = (next: string) => {
    setWhich(next);
    setPage(0);
  };
  return (
    <section className={styles.strip} aria-label="Test images">
      <header className={styles.stripHeader}>
        <h3>Or take a test image</h3>
        {differing && differing.length > 0 ? (
          <Segmented
            label="Which test images"
            value={which}
            onChange={choose}
            options={[
              { value: 'all', label: 'All' },
              { value: 'differing', label: `Models disagree (${count(differing.length)})` },
            ]}
          />
        ) : null}
        <span className={styles.pager}>
          <Button variant="quiet" icon small label="Earlier test images" inactive={shown === 0} onPress={() => setPage(shown - 1)}>
            <ChevronLeft size={16} aria-hidden />
          </Button>
          <Button variant="quiet" icon small label="More test images" inactive={shown + 1 >= pages} onPress={() => setPage(shown + 1)}>
            <ChevronRight size={16} aria-hidden />
          </Button>
        </span>
      </header>
      {problem ? <p className={styles.note}>{problem}</p> : null}
      <ul className={styles.images}>
        {indices.map((index, place) => {
          const image = images && imageAt(images, index, place);
          const name = image ? (images.classes[image.label] ?? String(image.label)) : '';
          return (
            <li key={index}>
              {image ? (
                <button
                  type="button"
                  className={styles.take}
                  aria-pressed={taken === index}
                  aria-label={`Test image ${count(index)}, label ${name}`}
                  title={`Test image ${count(index)}, label ${name}`}
                  onClick={() => onTake(image)}
                >
                  <ImagePicture {...images} pixels={image.pixels} label={name} />
                </button>
              ) : (
                <span className={styles.take} />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The images of these numbers; null until they are read. Those of an earlier choice are never shown for a later one. */
function useImages(data: DataBlock, indices: readonly number[]) {
  const key = `${data.dataset} ${data.checksum} ${indices.join(' ')}`;
  const [read, setRead] = useState<{ readonly key: string; readonly images: TestImages | null; readonly problem: string } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that matters of both
  useEffect(() => {
    let left = false;
    const done = (images: TestImages | null, problem: string) => {
      if (!left) setRead({ key, images, problem });
    };
    testImages(data, indices).then(
      (images) => done(images, ''),
      (error: unknown) => done(null, error instanceof Error ? error.message : String(error)),
    );
    return () => {
      left = true;
    };
  }, [key]);
  return read?.key === key ? read : { images: null, problem: '' };
}

function imageAt({ width, height, channels, pixels, labels }: TestImages, index: number, place: number): TakenImage | null {
  const area = width * height * channels;
  const own = pixels.slice(place * area, (place + 1) * area);
  return own.length === area ? { index, label: labels[index] ?? 0, pixels: own } : null;
}
