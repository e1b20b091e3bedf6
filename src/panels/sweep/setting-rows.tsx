import { ChevronDown, ChevronRight } from 'lucide-react';
import { axisNames } from '../../experiment/sweep/axis-names';
import { count, fixed, times } from '../../numerics/measures/number-words';
import type { HeldSweep } from '../../state/sweep/sweep-store';
import { Button } from '../../ui/button';
import { groupAxes } from './picture';
import type { Setting } from './settings';
import styles from './sweep.module.css';
import { accuracyWords, pointState } from './sweep-words';

/** A name of more characters breaks on a phone. */
const LONG = 14;

interface Props {
  readonly held: HeldSweep;
  readonly setting: Setting;
  /** Whether the seed is varied: then settings have several runs. */
  readonly seeds: boolean;
  readonly onFront: boolean;
  /** Whether it is the best at most so many bits. */
  readonly isBest: boolean;
  readonly open: boolean;
  readonly pointed: readonly string[];
  readonly onToggle: () => void;
  readonly onPoint: (ids: readonly string[] | null) => void;
  readonly onOpen: (index: number) => void;
}

/** The row of a setting and, unfolded, those of its runs. What is pointed at is marked here and in the picture. */
export function SettingRows({ held, setting, seeds, onFront, isBest, open, pointed, onToggle, onPoint, onOpen }: Props) {
  const { axes, experiment } = held.kept.sweep;
  const names = axisNames(experiment);
  const groups = groupAxes(axes);
  const { indices, runs, accuracy, spread, bits } = setting;
  const told = groups.map((a) => (axes[a] ? names.tick(axes[a], setting.ticks[a] ?? 0) : ''));
  const ids = indices.map(String);
  const [first] = indices;
  const known = runs.length > 0;
  return (
    <>
      <tr
        data-pointed={ids.some((id) => pointed.includes(id)) || undefined}
        data-best={isBest || undefined}
        onPointerEnter={() => onPoint(ids)}
        onFocus={() => onPoint(ids)}
        onBlur={() => onPoint(null)}
      >
        {told.map((text, i) => (
          <td key={axes[groups[i] ?? 0]?.paths.join()} className={text.length > LONG ? styles.name : undefined}>
            {text}
          </td>
        ))}
        {seeds ? <td>{count(runs.length)}</td> : null}
        <td>{known ? accuracyWords(accuracy) : '–'}</td>
        {seeds ? <td>{spread >= 0 ? `± ${fixed(spread * 100, 2)}` : '–'}</td> : null}
        <td>{known ? fixed(bits, 2) : '–'}</td>
        <td>{known ? times(setting.times) : '–'}</td>
        <td>
          {onFront ? 'front' : ''}
          {onFront && isBest ? ', ' : ''}
          {isBest ? 'best' : ''}
        </td>
        <td className={styles.state}>
          {seeds ? (
            <Button small variant="quiet" label={`Runs of ${told.join(', ') || 'all seeds'}`} aria-expanded={open} onPress={onToggle}>
              {open ? <ChevronDown size={13} aria-hidden /> : <ChevronRight size={13} aria-hidden />}
              Runs
            </Button>
          ) : first === undefined ? null : (
            <OpenRun held={held} index={first} name={told.join(', ')} onOpen={onOpen} />
          )}
        </td>
      </tr>
      {open && seeds
        ? indices.map((index) => {
            const record = held.runs[index]?.record;
            const ledger = record?.ledger;
            const { ticks = [] } = held.points[index] ?? {};
            const own = axes.flatMap((axis, a) => (groups.includes(a) ? [] : [names.told(axis, ticks[a] ?? 0)])).join(', ');
            return (
              <tr
                key={index}
                className={styles.single}
                data-pointed={pointed.includes(String(index)) || undefined}
                onPointerEnter={() => onPoint([String(index)])}
                onFocus={() => onPoint([String(index)])}
                onBlur={() => onPoint(null)}
              >
                <td colSpan={groups.length + 1}>{own}</td>
                <td>{record ? accuracyWords(record.testAccuracy) : '–'}</td>
                <td />
                <td>{ledger ? fixed(ledger.totalBits / ledger.weights, 2) : '–'}</td>
                <td>{ledger ? times(ledger.denseBits / ledger.totalBits) : '–'}</td>
                <td />
                <td className={styles.state}>
                  <OpenRun held={held} index={index} name={[...told, own].join(', ')} onOpen={onOpen} />
                </td>
              </tr>
            );
          })
        : null}
    </>
  );
}

interface OpenProps extends Pick<Props, 'held' | 'onOpen'> {
  readonly index: number;
  readonly name: string;
}

/** The button that opens a run, or why there is none yet. */
function OpenRun({ held, index, name, onOpen }: OpenProps) {
  if (!held.runs[index]) return pointState(held, index);
  return (
    <Button small variant="quiet" label={`Open run ${index + 1}: ${name}`} onPress={() => onOpen(index)}>
      Open run
    </Button>
  );
}
