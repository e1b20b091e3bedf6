import { X } from 'lucide-react';
import frameStyles from '../shared/chart-frame.module.css';
import type { AccuracyKind } from './pareto-axes';
import styles from './pareto-chart.module.css';

/** "12 of 21 ×": shows all again. */
export function ShowAll({ shown, all, onPress }: { readonly shown: number; readonly all: number; readonly onPress: () => void }) {
  return (
    <button type="button" className={`${frameStyles.tool} ${styles.all}`} onClick={onPress}>
      {shown} of {all}
      <X size={12} strokeWidth={1.75} aria-label="show all" />
    </button>
  );
}

interface SwitchProps {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly title: string;
  readonly children: string;
}

/** A switch of the picture, named by what it does when it is on. */
export function PictureSwitch({ on, onChange, title, children }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      className={`${frameStyles.tool} ${styles.switch}`}
      title={title}
      onClick={() => onChange(!on)}
    >
      <span className={styles.switchTrack} aria-hidden="true" />
      {children}
    </button>
  );
}

/** Accuracy on a linear axis, or what it lacks to 100 % on a logarithmic one. */
export function ErrorSwitch({ y, onY }: { readonly y: AccuracyKind; readonly onY: (kind: AccuracyKind) => void }) {
  return (
    <PictureSwitch
      on={y === 'error'}
      onChange={(on) => onY(on ? 'error' : 'accuracy')}
      title="The y axis counts errors, on a logarithmic scale"
    >
      error axis
    </PictureSwitch>
  );
}

/** Everything, or the range of most settings with arrows for the others. */
export function RangeSwitch({ full, onFull }: { readonly full: boolean; readonly onFull: (full: boolean) => void }) {
  return (
    <PictureSwitch on={full} onChange={onFull} title="The y axis reaches every setting; otherwise arrows stand for the few far away">
      full range
    </PictureSwitch>
  );
}
