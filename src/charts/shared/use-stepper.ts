import { type KeyboardEvent, useState } from 'react';

export interface Stepper {
  /** The item under the pointer or chosen by key; null for none. */
  readonly index: number | null;
  readonly set: (index: number | null) => void;
  /** For the focusable picture: a slider named `label` whose value is the item, in words `text`. */
  readonly props: (
    label: string,
    text: string,
  ) => {
    readonly role: 'slider';
    readonly 'aria-label': string;
    readonly 'aria-valuetext': string;
    readonly tabIndex: 0;
    readonly 'aria-valuemin': number;
    readonly 'aria-valuemax': number;
    readonly 'aria-valuenow': number;
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onBlur: () => void;
    readonly onPointerLeave: () => void;
  };
}

/** Lets a person walk through the `count` items of a picture with the arrow keys, Home, End; Escape lets go. `first` is where keys begin. */
export function useStepper(count: number, first = 0): Stepper {
  const [held, set] = useState<number | null>(null);
  const index = held !== null && held < count ? held : null;
  const onKeyDown = (event: KeyboardEvent) => {
    const next = stepped(event.key, index, count, first);
    if (next === undefined) return;
    event.preventDefault();
    set(next);
  };
  const clear = () => set(null);
  return {
    index,
    set,
    props: (label, text) => ({
      role: 'slider',
      'aria-label': label,
      'aria-valuetext': text,
      tabIndex: 0,
      'aria-valuemin': 1,
      'aria-valuemax': Math.max(1, count),
      'aria-valuenow': (index ?? first) + 1,
      onKeyDown,
      onBlur: clear,
      onPointerLeave: clear,
    }),
  };
}

/** The item after a key; null to let go; undefined if the key means nothing here. */
export function stepped(key: string, index: number | null, count: number, first: number): number | null | undefined {
  if (count === 0) return undefined;
  if (key === 'Escape') return index === null ? undefined : null;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const move = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[key];
  if (move === undefined) return undefined;
  return index === null ? Math.min(first, count - 1) : Math.min(count - 1, Math.max(0, index + move));
}
