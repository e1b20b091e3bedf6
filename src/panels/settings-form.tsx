import { lazy, Suspense } from 'react';
import type { SettingRowsProps } from './setting-rows';

// Sliders, lists and formulas come with the first form that is opened.
const SettingRows = lazy(async () => ({ default: (await import('./setting-rows')).SettingRows }));

/** The form of a block, made entirely from its setting table. */
export function SettingForm(props: SettingRowsProps) {
  return (
    <Suspense>
      <SettingRows {...props} />
    </Suspense>
  );
}
