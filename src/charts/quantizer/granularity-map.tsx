import { useEffect, useRef } from 'react';
import type { ScaleMap } from '../../numerics/inspection/scale-map';
import { count, plural, significant } from '../../numerics/measures/number-words';
import { ChartFrame } from '../shared/chart-frame';
import { divergingScale } from '../shared/color-scale';
import { usePalette } from '../shared/palette';
import { useSize } from '../shared/use-size';
import { type Stepper, useStepper } from '../shared/use-stepper';
import { blockAtPixel, blockRange, blockReadout, granularitySummary, mapPixels, matrixSize } from './granularity-layout';
import styles from './granularity-map.module.css';

interface Props {
  readonly layer: string;
  /** Null for quantizers without scales. */
  readonly map: ScaleMap | null;
  readonly weights: number;
  readonly overheadBits: number;
}

const GHOST = 'M0 2H100V58H0Z M20 2V58 M40 2V58 M60 2V58 M80 2V58';

/** The weight matrix, each weight tinted by the scale that it shares with others. */
export function GranularityMap({ layer, map, weights, overheadBits }: Props) {
  const items = map ? map.rows * map.columns : 0;
  const stepper = useStepper(items);
  const readout = map && stepper.index !== null ? blockReadout(map, stepper.index) : null;
  const summary = map ? granularitySummary(map, weights, overheadBits) : '';
  return (
    <ChartFrame
      height="content"
      title="Which weights share a scale"
      subtitle={map ? 'which weights share a scale' : undefined}
      summary={summary}
      readout={readout}
      table={() => ({
        head: ['weights', map?.kind ?? 'scale'],
        rows: map
          ? Array.from({ length: Math.min(items, 200) }, (_, i) => [
              blockReadout(map, i).split(' · ')[0] ?? '',
              significant(map.values[i] ?? 0),
            ])
          : [],
      })}
      empty={map ? undefined : { text: 'This quantizer needs no scales: all weights use the same levels.', ghost: GHOST }}
    >
      {map && (
        <>
          <MapCanvas layer={layer} map={map} stepper={stepper} text={readout ?? summary} />
          {map.grid.scales > 1 && (
            <div className={styles.scale} aria-hidden="true">
              <span>{significant(map.smallest, 2)}</span>
              <span className={styles.ramp} />
              <span>{significant(map.largest, 2)}</span>
            </div>
          )}
        </>
      )}
    </ChartFrame>
  );
}

function MapCanvas({
  layer,
  map,
  stepper,
  text,
}: {
  readonly layer: string;
  readonly map: ScaleMap;
  readonly stepper: Stepper;
  readonly text: string;
}) {
  const [ref, size] = useSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { middle, positive } = usePalette();
  const { width, height } = matrixSize(map, size.width);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || width === 0) return;
    const ratio = devicePixelRatio;
    const [columns, rows] = [Math.round(width * ratio), Math.round(height * ratio)];
    context.canvas.width = columns;
    context.canvas.height = rows;
    const tint = divergingScale({ negative: middle, middle, positive }, 1);
    context.putImageData(
      new ImageData(
        mapPixels(map, columns, rows, (share) => tint(0.12 + 0.88 * share)),
        columns,
        rows,
      ),
      0,
      0,
    );
  }, [map, width, height, middle, positive]);
  const held = stepper.index === null ? null : blockRange(map, stepper.index);
  const { inputs, grid } = map;
  return (
    <div className={styles.matrix}>
      <span className={styles.across} aria-hidden="true">
        {plural(grid.outputs, 'output')} →
      </span>
      <span className={styles.down} aria-hidden="true">
        {plural(inputs, 'input')} →
      </span>
      <div
        ref={ref}
        className={styles.box}
        style={{ height }}
        {...stepper.props(
          `Scales of ${layer}, ${plural(map.rows * map.columns, 'block')} of ${count(grid.scales)}; arrow keys step through them`,
          text,
        )}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          stepper.set(blockAtPixel(map, (event.clientX - box.left) / width, (event.clientY - box.top) / height));
        }}
      >
        <canvas ref={canvas} style={{ width, height }} />
        {held && grid.scales > 1 && (
          <span
            className={styles.held}
            style={{
              left: (held.output / grid.outputs) * width,
              width: Math.max(2, (held.outputs / grid.outputs) * width),
              top: (held.input / inputs) * height,
              height: Math.max(2, (held.inputs / inputs) * height),
            }}
          />
        )}
      </div>
    </div>
  );
}
