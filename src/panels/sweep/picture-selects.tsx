import { axisNames } from '../../experiment/sweep/axis-names';
import type { Sweep } from '../../experiment/sweep/sweep';
import { Select } from '../../ui/select';
import styles from './sweep.module.css';
import { changedPicture, groupAxes, type PictureChoices } from './sweep-words';

interface Props {
  readonly sweep: Pick<Sweep, 'axes' | 'experiment'>;
  readonly picture: PictureChoices;
  readonly onPicture: (picture: PictureChoices) => void;
}

const parts = [
  { part: 'color', label: 'Colour' },
  { part: 'shape', label: 'Shape' },
] as const;

/** Chooses which axes the colours and the shapes of the marks show; nothing while there is no choice. */
export function PictureSelects({ sweep: { axes, experiment }, picture, onPicture }: Props) {
  const groups = groupAxes(axes);
  if (groups.length < 2) return null;
  const { head } = axisNames(experiment);
  const options = groups.flatMap((a) => (axes[a] ? [{ value: String(a), label: head(axes[a]) }] : []));
  const untold = options.filter(({ value }) => Number(value) !== picture.color && Number(value) !== picture.shape);
  return (
    <>
      {parts.map(({ part, label }) => (
        <span key={part} className={styles.pictureSelect}>
          <span aria-hidden="true">{label}</span>
          <Select
            label={label}
            options={options}
            value={String(picture[part])}
            onChange={(axis) => onPicture(changedPicture(picture, part, Number(axis)))}
          />
        </span>
      ))}
      {untold.length > 0 ? (
        <span className={styles.beside}>Marks that differ only in {untold.map(({ label }) => label).join(' and ')} look alike.</span>
      ) : null}
    </>
  );
}
