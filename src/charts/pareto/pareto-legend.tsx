import { memo } from 'react';
import styles from './pareto-chart.module.css';
import type { ParetoItem } from './pareto-points';
import { ghostDash, ghostShape, groupColors, groupShapes, shapePath } from './pareto-style';
import { originText } from './pareto-words';

interface Props {
  readonly groupsA: readonly string[];
  readonly groupsB: readonly string[];
  readonly nameA: string;
  readonly nameB: string;
  readonly hiddenA: ReadonlySet<string>;
  readonly hiddenB: ReadonlySet<string>;
  readonly onToggleA: (group: string) => void;
  readonly onToggleB: (group: string) => void;
  /** Those in the picture, ghosts left out. */
  readonly origins: readonly ParetoItem['origin'][];
  readonly target: boolean;
  /** Names of the sweeps to compare with. */
  readonly ghosts: readonly string[];
}

/** What colours, shapes and fillings mean; a group's chip hides it and shows it again. */
export const ParetoLegend = memo(function ParetoLegend(props: Props) {
  const { groupsA, groupsB, nameA, nameB, hiddenA, hiddenB, onToggleA, onToggleB, origins, target, ghosts } = props;
  const colors = groupColors(groupsA);
  const shapes = groupShapes(groupsB);
  const plain = origins.length < 2 && origins[0] !== 'recorded' && origins[0] !== 'imported';
  if (groupsA.length < 2 && groupsB.length < 2 && plain && !target && ghosts.length === 0) return null;
  return (
    <div className={styles.legend}>
      {groupsA.length > 1 && (
        <Groups
          name={nameA}
          groups={groupsA}
          hidden={hiddenA}
          onToggle={onToggleA}
          mark={(group) => <path d={shapePath('circle')} fill={colors.get(group)} />}
        />
      )}
      {groupsB.length > 1 && (
        <Groups
          name={nameB}
          groups={groupsB}
          hidden={hiddenB}
          onToggle={onToggleB}
          mark={(group) => <path className={styles.shapeMark} d={shapePath(shapes.get(group) ?? 'circle')} />}
        />
      )}
      {!plain && origins.map((origin) => <Origin key={origin} origin={origin} />)}
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
  readonly groups: readonly string[];
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (group: string) => void;
  readonly mark: (group: string) => React.ReactNode;
}

function Groups({ name, groups, hidden, onToggle, mark }: GroupsProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame into a line of text
    <span className={styles.groups} role="group" aria-label={name}>
      <span className={styles.groupName}>{name}</span>
      {groups.map((group) => (
        <button
          key={group}
          type="button"
          className={styles.entry}
          aria-pressed={!hidden.has(group)}
          title={hidden.has(group) ? 'Show' : 'Hide'}
          onClick={() => onToggle(group)}
        >
          <Chip>{mark(group)}</Chip>
          {group}
        </button>
      ))}
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
