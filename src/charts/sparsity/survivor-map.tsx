import { useEffect, useRef } from 'react';
import { count, plural } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import { greyRamp } from '../shared/color-scale';
import { usePalette } from '../shared/palette';
import { useStepper } from '../shared/use-stepper';
import styles from './sparsity.module.css';

interface Props {
  /** Kept weights of each pixel, row by row; those of its channels added up. */
  readonly kept: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  readonly layer: string;
}

/** How many weights of the first layer are left of each pixel of the image. */
export function SurvivorMap({ kept, width, height, layer }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { paper, ink } = usePalette();
  const stepper = useStepper(kept.length, Math.floor(kept.length / 2 + width / 2));
  const most = Math.max(1, ...Array.from(kept));
  const blind = Array.from(kept).filter((n) => n === 0).length;
  useEffect(() => {
    const ramp = greyRamp(paper, ink);
    const image = new ImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      image.data.set(ramp[Math.round((255 * (kept[i] ?? 0)) / most)] ?? [0, 0, 0], 4 * i);
      image.data[4 * i + 3] = 255;
    }
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [kept, width, height, most, paper, ink]);
  const size = Math.max(1, Math.floor(224 / Math.max(width, height)));
  const box = { width: width * size, height: height * size };
  const unused = blind === 0 ? 'every pixel is used' : `${plural(blind, 'pixel')} ${blind === 1 ? 'is' : 'are'} not used at all`;
  const summary = `${layer} keeps 0 (light) to ${plural(most, 'weight')} (dark) for each of ${count(kept.length)} pixels; ${unused}.`;
  const held = stepper.index;
  const readout =
    held === null ? null : `row ${Math.floor(held / width) + 1}, column ${(held % width) + 1}: ${plural(kept[held] ?? 0, 'kept weight')}`;
  return (
    <ChartFrame
      height="content"
      title="Kept weights of each input pixel"
      summary={summary}
      readout={readout}
      table={() => ({
        head: ['row of the image', 'kept weights', 'most in one pixel'],
        rows: Array.from({ length: height }, (_, row) => {
          const own = Array.from({ length: width }, (_, column) => kept[row * width + column] ?? 0);
          return [count(row + 1), count(own.reduce((a, b) => a + b, 0)), count(Math.max(...own))];
        }),
      })}
    >
      <div
        className={styles.map}
        style={box}
        {...stepper.props('Kept weights of each input pixel; arrow keys step through the pixels', readout ?? summary)}
        onPointerMove={(event) => {
          const area = event.currentTarget.getBoundingClientRect();
          const [column, row] = [(event.clientX - area.left) / size, (event.clientY - area.top) / size].map(Math.floor);
          stepper.set(row !== undefined && column !== undefined && row < height && column < width ? row * width + column : null);
        }}
      >
        <canvas ref={canvas} width={width} height={height} style={box} />
      </div>
    </ChartFrame>
  );
}
