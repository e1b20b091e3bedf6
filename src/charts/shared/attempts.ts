import { bits, fixed, percent } from '../../numerics/measures/number-words';

/** A finished run beside the one on the screen, as a point of accuracy and size. */
export interface Attempt {
  readonly id: string;
  /** What differs: "2 bits · LSQ". */
  readonly name: string;
  /** A saved run, the pinned baseline, or the one in lock-step. */
  readonly kind: 'saved' | 'baseline' | 'beside';
  /** Share of the test images, 0 … 1. */
  readonly accuracy: number;
  readonly totalBits: number;
  readonly bitsPerWeight: number;
}

const KINDS: Readonly<Record<Attempt['kind'], string>> = { saved: 'saved run', baseline: 'baseline', beside: 'beside this run' };

export function attemptReadout(attempt: Attempt): string {
  const { kind, name, accuracy, bitsPerWeight } = attempt;
  return `${name} (${KINDS[kind]}) · test accuracy ${percent(accuracy, 2)} · ${fixed(bitsPerWeight, 2)} bits per weight`;
}

export function attemptRow({ kind, name, accuracy, bitsPerWeight, totalBits }: Attempt): readonly string[] {
  return [`${name} (${KINDS[kind]})`, percent(accuracy, 2), fixed(bitsPerWeight, 2), bits(totalBits).replace(/\D+$/, '')];
}

/** "3 other runs with the same data, model and seed: grey." */
export function attemptsSummary(attempts: readonly Attempt[]): string {
  if (attempts.length === 0) return '';
  const runs = attempts.length === 1 ? 'another run' : `${attempts.length} other runs`;
  return `Grey: ${runs} with the same data, model and seed.`;
}

/** A name that fits beside a point. */
export function shortName(name: string): string {
  const characters = [...name];
  return characters.length > 26 ? `${characters.slice(0, 25).join('')}…` : name;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

const LINE = 14;

/**
 * For each point the side on which its name has room: no other point and no name that was placed before lies there; null where neither
 * side has. In pixels.
 */
export function nameSides(
  points: readonly Box[],
  taken: readonly { readonly x: number; readonly y: number }[],
  gap: number,
  left: number,
  right: number,
): readonly ('left' | 'right' | null)[] {
  const placed: Box[] = [];
  return points.map(({ x, y, width }) => {
    for (const side of ['right', 'left'] as const) {
      const from = side === 'right' ? x + gap : x - gap - width;
      if (from < left || from + width > right) continue;
      const free =
        placed.every((box) => Math.abs(box.y - y) >= LINE || box.x >= from + width || from >= box.x + box.width) &&
        [...taken, ...points].every(
          (one) => Math.abs(one.y - y) >= LINE || one.x + gap <= from || one.x - gap >= from + width || one.x === x,
        );
      if (!free) continue;
      placed.push({ x: from, y, width });
      return side;
    }
    return null;
  });
}
