import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { count, percent, significant } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import { usePalette } from '../shared/palette';
import { useSize } from '../shared/use-size';
import { cellReadout, cellSize, fallenCells, matrixPixels, matrixSummary } from './matrix-layout';
import styles from './sparsity.module.css';
import type { SparseLayer } from './sparsity-types';

/** How long pruned weights take to fall out, in milliseconds. */
const FALL = 180;

interface Props {
  readonly layer: SparseLayer;
  /** Layer chooser. */
  readonly tools?: ReactNode;
}

/** The matrix of a layer: kept weights by sign and size, pruned ones empty. What a stage has just pruned falls out. */
export function WeightMatrix({ layer, tools }: Props) {
  const [readout, setReadout] = useState<string | null>(null);
  const { picture, weights, pruned, zeros } = layer;
  const summary = matrixSummary(layer);
  return (
    <ChartFrame
      height="content"
      title={`Weight matrix of ${layer.layer}`}
      summary={summary}
      readout={readout}
      tools={tools}
      table={() => ({
        head: ['weights', 'count', 'share'],
        rows: [
          ['all', count(weights), percent(1)],
          ['kept', count(weights - pruned), percent((weights - pruned) / weights)],
          ['pruned', count(pruned), percent(pruned / weights)],
          ['stored as 0', count(zeros), percent(zeros / weights)],
        ],
      })}
    >
      <MatrixCanvas key={layer.layer} picture={picture} label={`Weight matrix of ${layer.layer}: ${summary}`} onReadout={setReadout} />
      <div className={styles.scale} aria-hidden="true">
        <span>{significant(-picture.limit, 2)}</span>
        <span className={styles.ramp} />
        <span>{significant(picture.limit, 2)}</span>
        <span className={styles.removed} />
        <span>pruned</span>
      </div>
    </ChartFrame>
  );
}

interface CanvasProps {
  readonly picture: SparseLayer['picture'];
  readonly label: string;
  readonly onReadout: (text: string | null) => void;
}

function MatrixCanvas({ picture, label, onReadout }: CanvasProps) {
  const [ref, { width }] = useSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const falling = useRef<HTMLCanvasElement>(null);
  const before = useRef<SparseLayer['picture'] | null>(null);
  const { negative, middle, positive, paper } = usePalette();
  const { rows, columns } = picture;
  const size = cellSize(picture, width);

  useEffect(() => {
    const colors = { negative, middle, positive, removed: paper };
    const draw = (on: HTMLCanvasElement | null, pixels: Uint8ClampedArray<ArrayBuffer>) =>
      on?.getContext('2d')?.putImageData(new ImageData(pixels, columns, rows), 0, 0);
    draw(canvas.current, matrixPixels(picture, colors));
    const old = before.current;
    before.current = picture;
    if (!old || old === picture || !falling.current) return;
    const fallen = fallenCells(old, picture);
    if (fallen.length === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const gone = new Set(fallen);
    draw(
      falling.current,
      matrixPixels(old, colors, (cell) => gone.has(cell)),
    );
    falling.current.animate(
      [
        { opacity: 1, transform: 'none' },
        { opacity: 0, transform: 'translateY(10px)' },
      ],
      { duration: FALL, easing: 'ease-in' },
    );
  }, [picture, rows, columns, negative, middle, positive, paper]);

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [column, row] = [(event.clientX - box.left) / size, (event.clientY - box.top) / size].map(Math.floor);
    const inside = row !== undefined && column !== undefined && row >= 0 && row < rows && column >= 0 && column < columns;
    onReadout(inside ? cellReadout(picture, row, column) : null);
  };
  const box = { width: columns * size, height: rows * size };
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section ref={ref} className={styles.matrix} aria-label={label} tabIndex={0}>
        <div style={box} className={styles.layers} onPointerMove={onPointerMove} onPointerLeave={() => onReadout(null)}>
          <canvas ref={canvas} width={columns} height={rows} style={box} />
          <canvas ref={falling} width={columns} height={rows} style={box} className={styles.falling} />
        </div>
      </section>
      {width > 0 && box.width > width && <p className={styles.note}>Scroll sideways to see all inputs.</p>}
    </>
  );
}
