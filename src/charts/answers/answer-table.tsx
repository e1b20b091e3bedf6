import { percent } from '../../numerics/measures/number-words';
import styles from './answer-table.module.css';

export interface AnswerColumn {
  /** "float32", "2 bits". */
  readonly name: string;
  /** Under the name, a line each: where the model comes from, its size. */
  readonly notes: readonly string[];
  /** Of each class, 0 … 1; null while there is no answer. */
  readonly probabilities: ArrayLike<number> | null;
}

interface Props {
  readonly classes: readonly string[];
  readonly float: AnswerColumn;
  readonly squeezed: AnswerColumn;
}

/** What two models say to one image: the class that each predicts, and a bar for the probability of each class. */
export function AnswerTable({ classes, float, squeezed }: Props) {
  const columns = [
    { ...float, tone: styles.float },
    { ...squeezed, tone: styles.squeezed },
  ];
  return (
    <table className={styles.answers} data-long={classes.some((name) => name.length > 2) || undefined}>
      <caption className="visually-hidden">Probability of each class, by model</caption>
      <thead>
        <tr>
          <td />
          {columns.map(({ name, notes, probabilities, tone }) => (
            <th key={tone} scope="col" className={tone}>
              <span className={styles.name}>{name}</span>
              {notes.map((note) => (
                <span key={note} className={styles.note}>
                  {note}
                </span>
              ))}
              <span className={styles.predicted}>
                <span className="visually-hidden">predicts </span>
                {probabilities ? (classes[likeliest(probabilities)] ?? '') : '–'}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {classes.map((label, i) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {columns.map(({ probabilities, tone }) => (
              <td key={tone} className={tone} data-top={(probabilities && likeliest(probabilities) === i) || undefined}>
                <span className={styles.track} aria-hidden="true">
                  <span className={styles.bar} style={{ width: `${100 * (probabilities?.[i] ?? 0)}%` }} />
                </span>
                <span className={styles.share}>{probabilities ? percent(probabilities[i] ?? 0) : ''}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The class with the largest probability; of equal ones the first, as the engine decides. */
export function likeliest(probabilities: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < probabilities.length; i++) if ((probabilities[i] ?? 0) > (probabilities[best] ?? 0)) best = i;
  return best;
}
