import { ChevronDown } from 'lucide-react';
import { useEffect } from 'react';
import { GHOST_LIMIT } from '../../charts/pareto/pareto-style';
import { recordedSweepId } from '../../experiment/recorded/types';
import { plural } from '../../numerics/measures/number-words';
import { openRecorded, readRecordedList, useRecorded } from '../../state/sweep/recorded-sweeps';
import { Button } from '../../ui/button';
import { CheckMenu } from '../../ui/check-menu';
import type { GhostChoice } from './ghosts';
import styles from './sweep.module.css';

interface Props {
  readonly choices: readonly GhostChoice[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Chooses the sweeps that are drawn behind the one that is shown. */
export function CompareMenu({ choices, chosen, onChange }: Props) {
  const { list, opened } = useRecorded();
  useEffect(() => {
    void readRecordedList();
  }, []);
  if (choices.length === 0) return null;
  const change = (next: readonly string[]) => {
    for (const entry of list ?? []) if (next.includes(recordedSweepId(entry.id))) void openRecorded(entry);
    onChange(next);
  };
  const full = chosen.length >= GHOST_LIMIT;
  const group = (name: string, recorded: boolean) => ({
    name,
    entries: choices
      .filter((one) => one.recorded === recorded)
      .map((one) => ({
        ...{ id: one.id, label: one.name, description: plural(one.runs, 'run'), disabled: full && !chosen.includes(one.id) },
      })),
  });
  const groups = [group('In this browser', false), group('Recorded', true)].filter(({ entries }) => entries.length > 0);
  const problems = (list ?? []).flatMap(({ id }) => {
    const held = opened[id];
    return typeof held === 'string' && chosen.includes(recordedSweepId(id)) ? [held] : [];
  });
  return (
    <>
      <CheckMenu
        label="Sweeps to compare with"
        groups={groups}
        chosen={chosen}
        onChange={change}
        trigger={
          <Button small>
            Compare with{chosen.length > 0 ? ` ${plural(chosen.length, 'sweep')}` : ''}
            <ChevronDown size={13} aria-hidden />
          </Button>
        }
      />
      {problems.length > 0 ? <span className={styles.beside}>{problems.join(' ')}</span> : null}
    </>
  );
}
