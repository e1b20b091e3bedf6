import { axisNames } from '../../experiment/sweep/axis-names';
import type { Sweep } from '../../experiment/sweep/sweep';
import { Select } from '../../ui/select';
import styles from './sweep.module.css';
import { changedLook, groupAxes, type Look } from './sweep-words';

interface Props {
  readonly sweep: Pick<Sweep, 'axes' | 'experiment'>;
  readonly look: Look;
  readonly onLook: (look: Look) => void;
}

const parts = [
  { part: 'color', label: 'Colour' },
  { part: 'shape', label: 'Shape' },
] as const;

/** Chooses which axes the colours and the shapes of the marks tell; nothing while there is no choice. */
export function LookSelects({ sweep: { axes, experiment }, look, onLook }: Props) {
  const groups = groupAxes(axes);
  if (groups.length < 2) return null;
  const { head } = axisNames(experiment);
  const options = groups.flatMap((a) => (axes[a] ? [{ value: String(a), label: head(axes[a]) }] : []));
  const untold = options.filter(({ value }) => Number(value) !== look.color && Number(value) !== look.shape);
  return (
    <>
      {parts.map(({ part, label }) => (
        <span key={part} className={styles.look}>
          <span aria-hidden="true">{label}</span>
          <Select
            label={label}
            options={options}
            value={String(look[part])}
            onChange={(axis) => onLook(changedLook(look, part, Number(axis)))}
          />
        </span>
      ))}
      {untold.length > 0 ? (
        <span className={styles.beside}>Marks that differ only in {untold.map(({ label }) => label).join(' and ')} look alike.</span>
      ) : null}
    </>
  );
}
