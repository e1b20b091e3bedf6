import type { StepProfile } from '../../experiment/events';

/** Launches gathered by name, longest first. @param times of each launch in milliseconds; undefined where they are not known */
export function kernelTimes(names: readonly string[], times: readonly number[] | undefined): StepProfile['kernels'] {
  const found = new Map<string, { name: string; launches: number; ms: number | null }>();
  for (const [i, name] of names.entries()) {
    const entry = found.get(name) ?? { name, launches: 0, ms: times ? 0 : null };
    entry.launches++;
    if (times) entry.ms = (entry.ms ?? 0) + (times[i] ?? 0);
    found.set(name, entry);
  }
  return [...found.values()].sort((a, b) => (b.ms ?? 0) - (a.ms ?? 0) || b.launches - a.launches);
}
