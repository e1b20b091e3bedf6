import { fixed } from '../numerics/format';

/** In whole percent where that is exact for all of them. */
export function accuracyFigures(ticks: readonly number[]): string[] {
  const whole = ticks.every((t) => Math.abs(t * 100 - Math.round(t * 100)) < 1e-6);
  return ticks.map((t) => `${fixed(t * 100, whole ? 0 : 1)} %`);
}

export function isDecadeStep(value: number): boolean {
  const mantissa = value / 10 ** Math.floor(Math.log10(value) + 1e-9);
  return [1, 2, 5].some((m) => Math.abs(mantissa - m) < 1e-6);
}

export function trimmed(value: number): string {
  return String(Number(value.toPrecision(6)));
}
