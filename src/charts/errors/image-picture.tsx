import { useEffect, useMemo, useRef } from 'react';
import { greyRamp } from '../shared/color-scale';
import { imagePixels } from '../shared/image-pixels';
import { usePalette } from '../shared/palette';
import styles from './image-picture.module.css';

interface Props {
  /** Bytes, rows top to bottom, channels last. */
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Name of its class. */
  readonly label: string;
}

/** An image of a dataset, grey ones in the theme's ink on its paper. */
export function ImagePicture({ pixels, width, height, channels, label }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { ink, paper } = usePalette();
  const ramp = useMemo(() => greyRamp(paper, ink), [paper, ink]);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    context?.putImageData(new ImageData(imagePixels(pixels, width * height, channels, ramp), width, height), 0, 0);
  }, [pixels, width, height, channels, ramp]);
  return <canvas ref={canvas} className={styles.picture} width={width} height={height} role="img" aria-label={`image of ${label}`} />;
}
