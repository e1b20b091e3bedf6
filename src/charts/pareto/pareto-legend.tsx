import { memo } from 'react';
import { ringPath } from './pareto-best';
import styles from './pareto-chart.module.css';
import type { GroupMark } from './pareto-looks';
import type { ParetoItem } from './pareto-points';
import { ghostDash, ghostShape, shapePath } from './pareto-style';
import { originText } from './pareto-words';

interface Props {
  /** What is in the picture, of each with its colour and shape. */
  readonly groupsA: readonly GroupMark[];
  readonly groupsB: readonly GroupMark[];
  readonly nameA: string;
  readonly nameB: string;
  readonly hiddenA: ReadonlySet<string>;
  readonly hiddenB: ReadonlySet<string>;
  readonly onToggleA: (group: string) => void;
  readonly onToggleB: (group: string) => void;
  /** Those in the picture, ghosts left out. */
  readonly origins: readonly ParetoItem['origin'][];
  readonly target: boolean;
  /** What the ring is around; '' for none. */
  readonly best: string;
  /** Names of the sweeps to compare with. */
  readonly ghosts: readonly string[];
}

/** What colours, shapes and fillings mean; a group's chip hides it and shows it again. */
export const ParetoLegend = memo(function ParetoLegend(props: Props) {
  const { groupsA, groupsB, nameA, nameB, hiddenA, hiddenB, onToggleA, onToggleB, origins, target, best, ghosts } = props;
  const plain = origins.length < 2 && origins[0] !== 'recorded' && origins[0] !== 'imported';
  if (groupsA.length < 2 && groupsB.length < 2 && plain && !target && best === '' && ghosts.length === 0) return null;
  return (
    <div className={styles.legend}>
      {groupsA.length > 1 && (
        <Groups
          name={nameA}
          groups={groupsA}
          hidden={hiddenA}
          onToggle={onToggleA}
          mark={({ shape, color }) => <path d={shapePath(shape)} fill={color} />}
        />
      )}
      {groupsB.length > 1 && (
        <Groups
          name={nameB}
          groups={groupsB}
          hidden={hiddenB}
          onToggle={onToggleB}
          mark={({ shape }) => <path className={styles.shapeMark} d={shapePath(shape)} />}
        />
      )}
      {!plain && origins.map((origin) => <Origin key={origin} origin={origin} />)}
      {best !== '' && (
        <span className={styles.entry}>
          <Chip>
            <path className={styles.best} d={ringPath(0, 0, 5)} />
          </Chip>
          {best}
        </span>
      )}
      {target && (
        <span className={styles.entry}>
          <svg width="22" height="12" aria-hidden="true">
            <path className={styles.targetFront} d="M1 6H21" />
          </svg>
          front to beat
        </span>
      )}
      {ghosts.map((name, i) => (
        <span key={name} className={`${styles.entry} ${styles.ghostEntry}`}>
          <svg width="30" height="12" viewBox="-15 -6 30 12" aria-hidden="true">
            <path className={styles.ghostFront} style={{ strokeDasharray: ghostDash(i) }} d="M-15 0H15" />
            <path className={styles.ghostMark} d={shapePath(ghostShape(i))} />
          </svg>
          {name}
        </span>
      ))}
    </div>
  );
});

interface GroupsProps {
  readonly name: string;
  readonly groups: readonly GroupMark[];
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (group: string) => void;
  readonly mark: (group: GroupMark) => React.ReactNode;
}

function Groups({ name, groups, hidden, onToggle, mark }: GroupsProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame into a line of text
    <span className={styles.groups} role="group" aria-label={name}>
      <span className={styles.groupName}>{name}</span>
      {groups.map((entry) => {
        const { group } = entry;
        return (
          <button
            key={group}
            type="button"
            className={styles.entry}
            aria-pressed={!hidden.has(group)}
            title={hidden.has(group) ? 'Show' : 'Hide'}
            onClick={() => onToggle(group)}
          >
            <Chip>{mark(entry)}</Chip>
            {group}
          </button>
        );
      })}
    </span>
  );
}

function Origin({ origin }: { readonly origin: ParetoItem['origin'] }) {
  return (
    <span className={styles.entry}>
      <Chip>
        <path className={styles[`origin-${origin}`]} d={shapePath('circle')} />
        {origin === 'recorded' && <path className={styles.hatch} d="M-3 3L3 -3M-4 0.5L0.5 -4M-0.5 4L4 -0.5" />}
      </Chip>
      {originText(origin)}
    </span>
  );
}

function Chip({ children }: { readonly children: React.ReactNode }) {
  return (
    <svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">
      {children}
    </svg>
  );
}
