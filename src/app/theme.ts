import { useEffect } from 'react';
import { useUi } from '../state/ui/ui-store';

/** Puts the chosen theme on the page; without a choice the system's preference holds. */
export function useTheme(): void {
  const theme = useUi((s) => s.theme);
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset.theme;
    else dataset.theme = theme;
  }, [theme]);
}
