import { goTo, setInterface, useExperiment } from '../experiment/experiment-store';

/** Views that take the place of the lab, each under its key in the address. A new one is a key here and a line in app/views.ts. */
export const viewKeys = ['sweep', 'file', 'pipeline', 'tickets'] as const;

export type ViewKey = (typeof viewKeys)[number];

/** The view that the address names; undefined for the lab. @param rest parameters of the interface */
export function viewOf(rest: Readonly<Record<string, string>>): ViewKey | undefined {
  return viewKeys.find((key) => rest[key] !== undefined);
}

/** The view on the screen; undefined for the lab. */
export function useView(): ViewKey | undefined {
  return useExperiment((s) => viewOf(s.rest));
}

/** Opens a view, from the lab or from another view: a step of Back. */
export function openView(key: ViewKey, value = ''): void {
  const open = viewOf(useExperiment.getState().rest);
  if (open === key) return;
  goTo(key, value);
  if (open) setInterface(open, null);
}

/** Returns from a view to the lab. */
export function closeView(): void {
  const open = viewOf(useExperiment.getState().rest);
  if (open) goTo(open, null);
}
