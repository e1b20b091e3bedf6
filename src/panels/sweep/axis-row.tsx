import { X } from 'lucide-react';
import { useId } from 'react';
import { parseAxis, SweepError, tickLabel } from '../../experiment/sweep/axis';
import { type AxisChoice, optionsOf } from '../../experiment/sweep/choices';
import { plural } from '../../numerics/measures/number-words';
import { Button } from '../../ui/button';
import { Select } from '../../ui/select';
import styles from './sweep.module.css';

interface Props {
  /** 1, 2 or 3. */
  readonly number: number;
  readonly text: string;
  readonly choices: readonly AxisChoice[];
  /** Why one of its values cannot be; '' if all can. */
  readonly wrong: string;
  readonly onChange: (text: string) => void;
  readonly onRemove: () => void;
}

/** One axis: what varies, its values, and what they are. */
export function AxisRow({ number, text, choices, wrong, onChange, onRemove }: Props) {
  const previewId = useId();
  const at = text.indexOf(':');
  const path = at < 0 ? text : text.slice(0, at);
  const values = at < 0 ? '' : text.slice(at + 1);
  const choice = choices.find((one) => one.path === path);
  const { preview, problem: unread } = previewOf(text);
  const problem = unread || wrong;
  const options = choices.map((one) => ({ value: one.path, label: one.label, group: one.group }));
  // Settings that change together, and paths that are no longer there, stay what they are.
  if (!choice) options.unshift({ value: path, label: path.split('+').join(' + '), group: 'Custom' });
  const named = choice ? optionsOf(choice.setting) : [];
  const chosen = values.split(',').filter(Boolean);
  return (
    <li className={styles.axis}>
      <Select
        label={`Axis ${number}`}
        options={options}
        value={path}
        onChange={(next) => onChange(`${next}:${choices.find((one) => one.path === next)?.values ?? values}`)}
      />
      <div className={styles.values}>
        {named.length > 0 ? (
          <fieldset className={styles.named}>
            <legend className="visually-hidden">Values of axis {number}</legend>
            {named.map(({ value, label }) => (
              <label key={value}>
                <input
                  type="checkbox"
                  checked={chosen.includes(value)}
                  onChange={(event) =>
                    onChange(`${path}:${(event.target.checked ? [...chosen, value] : chosen.filter((one) => one !== value)).join(',')}`)
                  }
                />
                {label}
              </label>
            ))}
          </fieldset>
        ) : (
          <input
            className={styles.text}
            type="text"
            aria-label={`Values of axis ${number}`}
            aria-describedby={previewId}
            aria-invalid={problem !== ''}
            autoComplete="off"
            spellCheck={false}
            value={values}
            placeholder="2..8, or 16..64/16, or 1e-4..1e-1*10, or 1, 2, 5"
            onChange={(event) => onChange(`${path}:${event.target.value}`)}
          />
        )}
        <p id={previewId} className={problem === '' ? styles.preview : styles.problem}>
          {problem || preview}
        </p>
      </div>
      <Button variant="quiet" icon small label={`Remove axis ${number}`} onPress={onRemove}>
        <X size={14} aria-hidden />
      </Button>
    </li>
  );
}

function previewOf(text: string): { readonly preview: string; readonly problem: string } {
  try {
    const axis = parseAxis(text);
    const { ticks } = axis;
    const shown = ticks.slice(0, 12).map((_, i) => tickLabel(axis, i));
    const rest = ticks.length > shown.length ? ', …' : '';
    return { preview: `${plural(ticks.length, 'value')}: ${shown.join(axis.paths.length > 1 ? '; ' : ', ')}${rest}`, problem: '' };
  } catch (error) {
    if (!(error instanceof SweepError)) throw error;
    return { preview: '', problem: text.endsWith(':') ? 'Choose or write at least one value.' : error.message };
  }
}
