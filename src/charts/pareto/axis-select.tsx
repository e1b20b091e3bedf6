import styles from './pareto-chart.module.css';

export interface AxisOption {
  readonly value: string;
  readonly label: string;
  /** "Cost", "Swept value". */
  readonly group: string;
}

interface Props {
  readonly options: readonly AxisOption[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Chooses what the x axis counts, where the name of the axis would stand. */
export function AxisSelect({ options, value, onChange }: Props) {
  const groups = [...new Set(options.map(({ group }) => group))];
  return (
    <select className={styles.select} aria-label="X axis" value={value} onChange={(event) => onChange(event.target.value)}>
      {groups.map((group) => (
        <optgroup key={group} label={group}>
          {options
            .filter((option) => option.group === group)
            .map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}
