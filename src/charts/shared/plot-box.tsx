import type { PointerEvent, ReactNode } from 'react';
import styles from './plot.module.css';
import { useSize } from './use-size';
import type { Stepper } from './use-stepper';

interface Props {
  readonly height: number;
  readonly stepper: Stepper;
  /** What it is, and what the arrow keys do. */
  readonly label: string;
  /** The item under the cursor in words, or the whole picture's sentence. */
  readonly text: string;
  /** The item at a place of the picture, in pixels from its left and upper edge; null for none. */
  readonly itemAt: (x: number, y: number, width: number) => number | null;
  /** The picture, once its width is known. */
  readonly children: (width: number) => ReactNode;
}

/** A drawing as wide as its space, whose items can be walked through by pointer and keyboard. */
export function PlotBox({ height, stepper, label, text, itemAt, children }: Props) {
  const [ref, { width }] = useSize();
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    stepper.set(itemAt(event.clientX - box.left, event.clientY - box.top, width));
  };
  return (
    <div ref={ref} className={styles.box} style={{ height }} {...stepper.props(label, text)} onPointerMove={onPointerMove}>
      {width > 0 && (
        <svg aria-hidden="true" width={width} height={height}>
          {children(width)}
        </svg>
      )}
    </div>
  );
}

interface AxisProps {
  readonly ticks: readonly number[];
  readonly at: (value: number) => number;
  readonly text: (value: number) => string;
}

/** Figures under a plot, those that would stick out left or right left away. */
export function BottomFigures({
  ticks,
  at,
  text,
  y,
  left,
  right,
}: AxisProps & { readonly y: number; readonly left: number; readonly right: number }) {
  return ticks
    .filter((tick) => at(tick) - 3.6 * text(tick).length >= left && at(tick) + 3.6 * text(tick).length <= right)
    .map((tick) => (
      <text key={tick} className={styles.figure} x={at(tick)} y={y} textAnchor="middle">
        {text(tick)}
      </text>
    ));
}

/** Figures left of a plot, right-aligned at `x`. */
export function LeftFigures({ ticks, at, text, x }: AxisProps & { readonly x: number }) {
  return ticks.map((tick) => (
    <text key={tick} className={styles.figure} x={x} y={at(tick) + 3.5} textAnchor="end">
      {text(tick)}
    </text>
  ));
}
