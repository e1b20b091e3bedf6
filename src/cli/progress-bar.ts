import { circled, count, duration, percent, significant } from '../numerics/measures/number-words';

export interface ProgressState {
  /** Index of the stage in the program. */
  readonly stage: number;
  readonly kind: string;
  /** In a repeat: "round 2 of 5". */
  readonly round?: string;
  readonly step: number;
  readonly steps: number;
  readonly msPerStep: number;
  /** A long wait in words; '' while steps are done. */
  readonly waiting: string;
  readonly loss?: number;
  readonly accuracy?: number;
}

const BAR = 24;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** One line of text for a state: a bar, the step, the last loss and accuracy, the time left. */
export function progressLine(state: ProgressState): string {
  const { stage, kind, round, step, steps, msPerStep, waiting, loss, accuracy } = state;
  const title = `${circled(stage + 1)} ${kind}${round ? `, ${round}` : ''}`;
  if (waiting !== '') return `${title}  ${waiting}`;
  const parts = [title, bar(steps > 0 ? step / steps : 1), `step ${count(step)} of ${count(steps)}`];
  if (loss !== undefined) parts.push(`loss ${significant(loss)}`);
  if (accuracy !== undefined) parts.push(`${percent(accuracy)} right`);
  if (step > 0 && step < steps) parts.push(`${duration(((steps - step) * msPerStep) / 1000)} left`);
  return parts.join('  ');
}

/** A bar of 24 cells, drawn in eighths of a cell. */
export function bar(share: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * BAR * 8);
  const full = Math.floor(eighths / 8);
  return `${'█'.repeat(full)}${EIGHTHS[eighths % 8]}`.padEnd(BAR, '░');
}

/** Keeps one line of a terminal up to date, at most ten times a second; draws nothing where the stream is no terminal. */
export class ProgressBar {
  private lastDrawn = Number.NEGATIVE_INFINITY;
  private drawn = false;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  show(state: ProgressState): void {
    const now = performance.now();
    if (!this.stream.isTTY || now - this.lastDrawn < 100) return;
    this.lastDrawn = now;
    this.drawn = true;
    const width = (this.stream.columns ?? 80) - 1;
    this.stream.write(`\r\x1b[2K${Array.from(progressLine(state)).slice(0, width).join('')}`);
  }

  clear(): void {
    if (this.drawn) this.stream.write('\r\x1b[2K');
    this.drawn = false;
  }
}
