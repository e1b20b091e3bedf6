import { lazy, Suspense } from 'react';
import type { ParameterRowsProps } from './setting-rows';

// Sliders, lists and formulas come with the first form that is opened.
const ParameterRows = lazy(async () => ({ default: (await import('./setting-rows')).ParameterRows }));

/** The form of a block, made entirely from its parameter table. */
export function ParameterForm(props: ParameterRowsProps) {
  return (
    <Suspense>
      <ParameterRows {...props} />
    </Suspense>
  );
}
