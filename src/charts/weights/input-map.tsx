import { useEffect, useMemo, useRef } from 'react';
import { greyRamp } from '../shared/color-scale';
import { imagePixels } from '../shared/image-pixels';
import { usePalette } from '../shared/palette';
import styles from './input-map.module.css';

interface Props {
  /** Weights kept of each input pixel, rows of the image from top to bottom. */
  readonly kept: readonly number[];
  /** Pixels in a row of the image. */
  readonly width: number;
  readonly caption: string;
}

/** How many weights of each input pixel a mask keeps: paper for none, ink for the most of this picture. */
export function InputMap({ kept, width, caption }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { ink, paper } = usePalette();
  const ramp = useMemo(() => greyRamp(paper, ink), [paper, ink]);
  const most = kept.reduce((a, b) => Math.max(a, b), 0);
  const none = kept.filter((n) => n === 0).length;
  const height = Math.ceil(kept.length / width);
  useEffect(() => {
    const bytes = Uint8Array.from(kept, (n) => Math.round((255 * n) / Math.max(1, most)));
    const context = canvas.current?.getContext('2d');
    context?.putImageData(new ImageData(imagePixels(bytes, width * height, 1, ramp), width, height), 0, 0);
  }, [kept, most, width, height, ramp]);
  const label = `${caption}: 0 to ${most} weights of each input pixel are kept; of ${none} pixels none`;
  return (
    <figure className={styles.map}>
      <canvas ref={canvas} width={width} height={height} role="img" aria-label={label} />
      <figcaption>
        {caption}
        <span>
          at most {most} per pixel; {none} {none === 1 ? 'pixel' : 'pixels'} unused
        </span>
      </figcaption>
    </figure>
  );
}
