import { axisNames } from '../../experiment/sweep/axis-names';
import type { Sweep } from '../../experiment/sweep/sweep';
import { Select } from '../../ui/select';
import { changedPicture, groupAxes, lineAxis, type PictureChoices, type PictureX, sweptAxis } from './picture';
import styles from './sweep.module.css';

interface Props {
  readonly sweep: Pick<Sweep, 'axes' | 'experiment'>;
  readonly x: PictureX;
  readonly picture: PictureChoices;
  readonly onPicture: (picture: PictureChoices) => void;
}

const parts = [
  { part: 'color', label: 'Colour' },
  { part: 'shape', label: 'Shape' },
] as const;
/** No axis of its own. */
const SAME = '';

/** Chooses which axes the colours and the shapes of the marks show, of those that are not on the x axis; nothing while there is no choice. */
export function PictureSelects({ sweep: { axes, experiment }, x, picture, onPicture }: Props) {
  const groups = groupAxes(axes).filter((a) => a !== sweptAxis(x));
  if (groups.length < 2) return null;
  const { head } = axisNames(experiment);
  const options = groups.flatMap((a) => (axes[a] ? [{ value: String(a), label: head(axes[a]) }] : []));
  const told = [picture.color, picture.shape, lineAxis(axes, x)].map(String);
  const untold = options.filter(({ value }) => !told.includes(value));
  return (
    <>
      {parts.map(({ part, label }) => (
        <span key={part} className={styles.pictureSelect}>
          <span aria-hidden="true">{label}</span>
          <Select
            label={label}
            options={part === 'shape' ? [{ value: SAME, label: 'as colour' }, ...options] : options}
            value={String(picture[part] ?? SAME)}
            onChange={(axis) => onPicture(changedPicture(picture, part, axis === SAME ? undefined : Number(axis)))}
          />
        </span>
      ))}
      {untold.length > 0 ? (
        <span className={styles.beside}>Marks that differ only in {untold.map(({ label }) => label).join(' and ')} look alike.</span>
      ) : null}
    </>
  );
}
