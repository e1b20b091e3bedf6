import { type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { count, plural, significant } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import { divergingScale, symmetricLimit } from '../shared/color-scale';
import { tileColumns, weightPixels } from '../shared/image-pixels';
import { usePalette } from '../shared/palette';
import { useSize } from '../shared/use-size';
import { useStepper } from '../shared/use-stepper';
import styles from './weight-tiles.module.css';

interface Tiles {
  readonly layer: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly count: number;
  /** Tile after tile, row-major, channels last. */
  readonly values: Float32Array;
}

interface Props {
  readonly tiles: Tiles | null;
}

const GAP = 3;
const GHOST =
  'M0 0H22V13H0Z M26 0H48V13H26Z M52 0H74V13H52Z M78 0H100V13H78Z M0 17H22V30H0Z M26 17H48V30H26Z M52 17H74V30H52Z M78 17H100V30H78Z';

/** The weights of the first layer as pictures, one for each output unit, all on one scale centred at zero. */
export function WeightTiles({ tiles }: Props) {
  const stepper = useStepper(tiles?.count ?? 0);
  const limit = useMemo(() => (tiles ? symmetricLimit(tiles.values) : 1), [tiles]);
  const held = stepper.index;
  const readout = tiles && held !== null ? tileReadout(tiles, held) : null;
  return (
    <ChartFrame
      height="content"
      title="First-layer weights"
      subtitle={tiles ? `${tiles.layer}, one picture per unit` : undefined}
      summary={tiles ? tilesSummary(tiles) : ''}
      readout={readout}
      table={() => ({
        head: ['unit', 'smallest', 'largest', 'mean'],
        rows: tiles
          ? Array.from({ length: tiles.count }, (_, i) => [count(i + 1), ...statistics(tiles, i).map((v) => significant(v))])
          : [],
      })}
      empty={tiles ? undefined : { text: 'The first layer’s weights are shown here, one picture per unit.', ghost: GHOST }}
    >
      {tiles && (
        <>
          <TileCanvas tiles={tiles} limit={limit} stepper={stepper} readout={readout} />
          <ColourBar limit={limit} channels={tiles.channels} />
        </>
      )}
    </ChartFrame>
  );
}

interface CanvasProps {
  readonly tiles: Tiles;
  readonly limit: number;
  readonly stepper: ReturnType<typeof useStepper>;
  readonly readout: string | null;
}

function TileCanvas({ tiles, limit, stepper, readout }: CanvasProps) {
  const [ref, { width }] = useSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { negative, middle, positive } = usePalette();
  const columns = tileColumns(tiles.count, width, tiles.width >= 16 ? 34 : 30, GAP);
  const cellWidth = Math.max(1, (width + GAP) / columns);
  const tile = Math.min(cellWidth - GAP, 72);
  const rows = Math.ceil(tiles.count / columns);
  const height = Math.ceil(rows * (tile + GAP) - GAP);

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || width === 0) return;
    const ratio = devicePixelRatio;
    context.canvas.width = Math.round(width * ratio);
    context.canvas.height = Math.round(height * ratio);
    context.imageSmoothingEnabled = false;
    const scale = divergingScale({ negative, middle, positive }, limit);
    const small = new OffscreenCanvas(tiles.width, tiles.height);
    const size = tiles.width * tiles.height * tiles.channels;
    for (let i = 0; i < tiles.count; i++) {
      const values = tiles.values.subarray(i * size, (i + 1) * size);
      const pixels = weightPixels(values, tiles.width * tiles.height, tiles.channels, limit, scale);
      small.getContext('2d')?.putImageData(new ImageData(pixels, tiles.width, tiles.height), 0, 0);
      const [x, y] = [(i % columns) * (tile + GAP), Math.floor(i / columns) * (tile + GAP)];
      context.drawImage(small, Math.round(x * ratio), Math.round(y * ratio), Math.round(tile * ratio), Math.round(tile * ratio));
    }
  }, [tiles, limit, width, height, columns, tile, negative, middle, positive]);

  const onPointerMove = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [column, row] = [(event.clientX - box.left) / (tile + GAP), (event.clientY - box.top) / (tile + GAP)].map(Math.floor);
    const i = (row ?? 0) * columns + (column ?? 0);
    stepper.set((column ?? 0) < columns && i >= 0 && i < tiles.count ? i : null);
  };

  const held = stepper.index;
  return (
    <div
      ref={ref}
      className={styles.box}
      style={{ height }}
      {...stepper.props(
        `First-layer weights of ${plural(tiles.count, 'unit')}; arrow keys step through them`,
        readout ?? tilesSummary(tiles),
      )}
      onPointerMove={onPointerMove}
    >
      <canvas ref={canvas} style={{ width, height }} />
      {held !== null && (
        <span
          className={styles.held}
          style={{ left: (held % columns) * (tile + GAP), top: Math.floor(held / columns) * (tile + GAP), width: tile, height: tile }}
        />
      )}
    </div>
  );
}

function ColourBar({ limit, channels }: { limit: number; channels: number }) {
  if (channels === 3) return <p className={styles.note}>Red, green and blue are the weights of the three channels; grey is zero.</p>;
  return (
    <div className={styles.scale} aria-hidden="true">
      <span>{significant(-limit, 2)}</span>
      <span className={styles.ramp} />
      <span>{significant(limit, 2)}</span>
    </div>
  );
}

/** Smallest, largest and mean weight of a tile. */
function statistics(tiles: Tiles, index: number): [number, number, number] {
  const size = tiles.width * tiles.height * tiles.channels;
  const values = tiles.values.subarray(index * size, (index + 1) * size);
  let [low, high, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += value;
  }
  return [low, high, sum / values.length];
}

export function tilesSummary(tiles: Tiles): string {
  const shape = `${tiles.width} × ${tiles.height}${tiles.channels > 1 ? ` × ${tiles.channels}` : ''}`;
  return `${plural(tiles.count, 'unit')} of ${tiles.layer}, ${shape} weights each, on one scale centred at zero.`;
}

export function tileReadout(tiles: Tiles, index: number): string {
  const [low, high, mean] = statistics(tiles, index).map((v) => significant(v, 2));
  return `unit ${count(index + 1)} · weights from ${low} to ${high}, mean ${mean}`;
}
