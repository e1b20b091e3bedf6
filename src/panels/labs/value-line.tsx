import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useSize } from '../../charts/shared/use-size';
import styles from './labs.module.css';

export interface ValueLineProps {
  readonly label: string;
  /** What is chosen, in words. */
  readonly text: string;
  readonly height: number;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Steps of PageUp and PageDown. */
  readonly page: number;
  /** The item at a share of the width. */
  readonly itemAt: (share: number) => number;
  readonly onChange: (value: number) => void;
  /** The picture of this width. */
  readonly children: (width: number) => ReactNode;
}

/** A picture that is a slider: a press or a drag chooses the item under the pointer, arrow keys the next one. */
export function ValueLine({ label, text, height, value, min, max, page, itemAt, onChange, children }: ValueLineProps) {
  const [ref, { width }] = useSize();
  const choose = (next: number) => onChange(Math.min(max, Math.max(min, next)));
  const onPointer = (event: PointerEvent<HTMLElement>) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    else if (event.buttons === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    choose(itemAt((event.clientX - box.left) / box.width));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowUp: 1,
      ArrowLeft: -1,
      ArrowDown: -1,
      PageUp: page,
      PageDown: -page,
      Home: min - value,
      End: max - value,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    choose(value + step);
  };
  return (
    <div
      ref={ref}
      className={styles.line}
      style={{ height }}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuetext={text}
      onKeyDown={onKeyDown}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
    >
      {width > 0 ? (
        <svg aria-hidden="true" width={width} height={height}>
          {children(width)}
        </svg>
      ) : null}
    </div>
  );
}
