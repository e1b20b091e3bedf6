import { type ReactNode, useState } from 'react';
import { count, percent, plural } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import { ImagePicture } from './image-picture';
import styles from './wrong-images.module.css';

export interface WrongImage {
  readonly index: number;
  readonly label: number;
  readonly predicted: number;
  /** Probability of the predicted class, 0 … 1. */
  readonly confidence: number;
  readonly pixels: Uint8Array;
}

interface Props {
  /** The images at hand: not always all that were wrong. */
  readonly images: readonly WrongImage[] | null;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly classes: readonly string[];
  /** How many test images were wrong in all. */
  readonly wrongCount: number;
  /** A cell of the confusion matrix: [true, predicted]; on the diagonal all errors of the class. */
  readonly filter: readonly [number, number] | null;
  /** Takes an image to where the models answer; pictures are no buttons if absent. */
  readonly onTake?: (image: WrongImage) => void;
}

const FIRST = 18;
const GHOST =
  'M0 1H16V19H0Z M21 1H37V19H21Z M42 1H58V19H42Z M63 1H79V19H63Z M84 1H100V19H84Z M0 41H16V59H0Z M21 41H37V59H21Z M42 41H58V59H42Z M63 41H79V59H63Z M84 41H100V59H84Z';

/** Wrong test images as pictures: true class → predicted one, and how sure the network was. */
export function WrongImages({ images, width, height, channels, classes, wrongCount, filter, onTake }: Props) {
  const [all, setAll] = useState(false);
  const kept = (images ?? []).filter((image) => matches(image, filter));
  const shown = all ? kept : kept.slice(0, FIRST);
  const name = (i: number) => classes[i] ?? String(i);
  return (
    <ChartFrame
      height="content"
      title="Wrong images"
      subtitle={filter ? filterText(filter, name) : 'true → predicted, and confidence'}
      summary={images ? wrongSummary(kept.length, images.length, wrongCount, filter !== null) : ''}
      table={() => ({
        head: ['test image', 'true', 'predicted', 'confidence'],
        rows: kept.map((image) => [count(image.index), name(image.label), name(image.predicted), percent(image.confidence)]),
      })}
      empty={images ? undefined : { text: 'Misclassified test images are shown here.', ghost: GHOST }}
    >
      <div className={styles.scroll}>
        <ul className={styles.grid} data-long={classes.some((c) => c.length > 2) || undefined}>
          {shown.map((image) => (
            <li
              key={image.index}
              className={styles.item}
              title={`test image ${count(image.index)}: ${name(image.label)} taken for ${name(image.predicted)}, ${percent(image.confidence)} sure`}
            >
              <Takeable label={name(image.label)} onTake={onTake && (() => onTake(image))}>
                <ImagePicture pixels={image.pixels} width={width} height={height} channels={channels} label={name(image.label)} />
              </Takeable>
              <span className={styles.names}>
                <span className={styles.word}>{name(image.label)}</span>
                <span className={styles.word}>
                  <span aria-hidden="true">→</span>
                  <span className={styles.hidden}>taken for</span> <b>{name(image.predicted)}</b>
                </span>
              </span>
              <span className={styles.sure}>{percent(image.confidence, 0)}</span>
            </li>
          ))}
        </ul>
        {kept.length > FIRST && (
          <button type="button" className={styles.more} onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show all ${count(kept.length)}`}
          </button>
        )}
      </div>
    </ChartFrame>
  );
}

interface TakeableProps {
  readonly label: string;
  readonly onTake: (() => void) | undefined;
  readonly children: ReactNode;
}

function Takeable({ label, onTake, children }: TakeableProps) {
  if (!onTake) return children;
  return (
    <button
      type="button"
      className={styles.take}
      aria-label={`Take the image of ${label} to Draw`}
      title="Take it to Draw"
      onClick={onTake}
    >
      {children}
    </button>
  );
}

export function matches(image: { readonly label: number; readonly predicted: number }, filter: readonly [number, number] | null): boolean {
  if (!filter) return true;
  const [truth, predicted] = filter;
  return image.label === truth && (truth === predicted || image.predicted === predicted);
}

function filterText([truth, predicted]: readonly [number, number], name: (i: number) => string): string {
  return truth === predicted ? `${name(truth)} taken for anything else` : `${name(truth)} taken for ${name(predicted)}`;
}

export function wrongSummary(kept: number, held: number, wrong: number, filtered: boolean): string {
  if (wrong === 0) return 'All test images are correct.';
  if (filtered && kept === 0) return `None of the first ${plural(held, 'wrong image')} is of this kind.`;
  if (filtered) return `${plural(kept, 'image')} of this kind among the first ${count(held)} wrong ones.`;
  return held < wrong ? `The first ${count(held)} of ${plural(wrong, 'wrong test image')}.` : `All ${plural(wrong, 'wrong test image')}.`;
}
