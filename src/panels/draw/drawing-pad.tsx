import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { usePalette } from '../../charts/shared/palette';
import { useSize } from '../../charts/shared/use-size';
import type { Drawing } from '../../state/ui/look-inside';
import styles from './draw.module.css';
import { moved, type Pen } from './pen';
import { PEN } from './prepare-drawing';

interface Props {
  readonly drawing: Drawing;
  readonly onDraw: (drawing: Drawing) => void;
}

/** Paper for mouse, pen, finger and keyboard: arrow keys move the pen, Space lowers and lifts it. */
export function DrawingPad({ drawing, onDraw }: Props) {
  const [box, { width }] = useSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { ink } = usePalette();
  const [pen, setPen] = useState<Pen>({ x: 0.5, y: 0.25, down: false });
  const [byKeys, setByKeys] = useState(false);
  const active = useRef<number | null>(null);
  // Several events come between two renderings: each adds to what the one before left.
  const latest = useRef(drawing);
  latest.current = drawing;

  const ratio = globalThis.devicePixelRatio || 1;
  const side = Math.round(width * ratio);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) paint(context, side, drawing, ink);
  }, [drawing, side, ink]);

  const draw = (next: Drawing) => {
    latest.current = next;
    onDraw(next);
  };
  const extend = (points: Drawing[number]) => draw([...latest.current.slice(0, -1), [...(latest.current.at(-1) ?? []), ...points]]);

  const point = ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }) => {
    const { left, top, width: w, height: h } = canvas.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return { x: within((clientX - left) / w), y: within((clientY - top) / h) };
  };

  const onPointerDown = (event: PointerEvent) => {
    if (active.current !== null || event.button !== 0) return;
    active.current = event.pointerId;
    event.currentTarget.setPointerCapture(event.pointerId);
    setByKeys(false);
    draw([...latest.current, [point(event)]]);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (active.current !== event.pointerId) return;
    const all = event.nativeEvent.getCoalescedEvents?.() ?? [];
    extend((all.length > 0 ? all : [event]).map(point));
  };
  const onPointerEnd = (event: PointerEvent) => {
    if (active.current === event.pointerId) active.current = null;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const next = moved(pen, event.key, event.shiftKey);
    if (!next || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    setByKeys(true);
    setPen(next);
    if (next.down && !pen.down) draw([...latest.current, [{ x: next.x, y: next.y }]]);
    else if (next.down) extend([{ x: next.x, y: next.y }]);
  };

  return (
    <div
      ref={box}
      className={styles.pad}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: one draws on it by keyboard
      tabIndex={0}
      role="application"
      aria-roledescription="drawing area"
      aria-label={`Drawing area. Arrow keys move the pen; Space ${pen.down ? 'lifts' : 'lowers'} it.`}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      onKeyDown={onKeyDown}
      onBlur={() => {
        setByKeys(false);
        setPen({ ...pen, down: false });
      }}
    >
      <canvas ref={canvas} className={styles.paper} width={side} height={side} />
      {byKeys ? (
        <span
          className={styles.pen}
          data-down={pen.down || undefined}
          style={{ left: `${100 * pen.x}%`, top: `${100 * pen.y}%`, width: `${100 * PEN}%` }}
        />
      ) : null}
      {drawing.length === 0 ? <span className={styles.hint}>Draw a digit here</span> : null}
    </div>
  );
}

function paint(context: CanvasRenderingContext2D, side: number, drawing: Drawing, ink: string): void {
  context.clearRect(0, 0, side, side);
  context.strokeStyle = ink;
  context.lineWidth = PEN * side;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of drawing) {
    const [first] = stroke;
    if (!first) continue;
    context.beginPath();
    context.moveTo(first.x * side, first.y * side);
    // A line to where it begins is a dot.
    for (const { x, y } of stroke) context.lineTo(x * side, y * side);
    context.stroke();
  }
}

function within(value: number): number {
  return Math.min(1, Math.max(0, value));
}
