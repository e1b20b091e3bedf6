import type { KeyboardEvent } from 'react';
import { type Attempt, attemptReadout, nameSides, shortName } from '../shared/attempts';
import type { StagePoint } from '../shared/stage-points';
import styles from './stage-accuracy.module.css';

type Point = { readonly bitsPerWeight: number; readonly accuracy: number };

interface Props {
  readonly attempts: readonly Attempt[];
  readonly stages: readonly StagePoint[];
  /** Where a point lies, in pixels. */
  readonly place: (point: Point) => { readonly x: number; readonly y: number };
  readonly box: { readonly left: number; readonly right: number };
  readonly onHold: (attempt: Attempt | null) => void;
  readonly onOpen: (attempt: Attempt) => void;
}

/** Mean width of a character of 12 px. */
const CHARACTER = 6.4;
const GAP = 10;

/** Other runs, quiet behind the one on the screen: saved ones as rings, the baseline and the one in lock-step as diamonds. */
export function AttemptMarks({ attempts, stages, place, box, onHold, onOpen }: Props) {
  // The pinned and the companion are named first where there is little room.
  const shown = attempts.toSorted((a, b) => Number(a.kind === 'saved') - Number(b.kind === 'saved'));
  const spots = shown.map((attempt) => ({ ...place(attempt), width: CHARACTER * shortName(attempt.name).length }));
  // A stage has its number beside it.
  const taken = stages.map(place).flatMap(({ x, y }) => [-1, 0, 1].map((side) => ({ x: x + 16 * side, y })));
  const sides = nameSides(spots, taken, GAP, box.left, box.right);
  return (
    <g>
      {shown.map((attempt, i) => {
        const { x, y } = spots[i]!;
        const side = sides[i];
        const onKeyDown = (event: KeyboardEvent) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          onOpen(attempt);
        };
        return (
          // biome-ignore lint/a11y/useSemanticElements: a button of HTML cannot stand in a picture
          <g
            key={attempt.id}
            className={styles.attempt}
            data-kind={attempt.kind}
            tabIndex={0}
            role="button"
            aria-label={`Open ${attemptReadout(attempt)}`}
            onPointerEnter={() => onHold(attempt)}
            onPointerLeave={() => onHold(null)}
            onFocus={() => onHold(attempt)}
            onBlur={() => onHold(null)}
            onClick={() => onOpen(attempt)}
            onKeyDown={onKeyDown}
          >
            <circle className={styles.target} cx={x} cy={y} r={12} />
            {attempt.kind === 'saved' ? (
              <circle className={styles.ring} cx={x} cy={y} r={4} />
            ) : (
              <path className={styles.ring} d={`M${x - 5.5} ${y}L${x} ${y - 5.5}L${x + 5.5} ${y}L${x} ${y + 5.5}Z`} />
            )}
            {side && (
              <text className={styles.name} x={x + (side === 'left' ? -GAP : GAP)} y={y} textAnchor={side === 'left' ? 'end' : 'start'}>
                {shortName(attempt.name)}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
