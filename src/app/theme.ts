import { useEffect } from 'react';
import { type Theme, useUi } from '../state/ui/ui-store';

const preference = () => matchMedia('(prefers-color-scheme: dark)');

/** Whether the page is dark: by choice, or without one as the system prefers. index.html does the same before the first paint. */
export function isDark(theme: Theme): boolean {
  return theme === 'dark' || (theme === 'system' && preference().matches);
}

/** Puts the chosen theme on the page; without a choice, the one that the system prefers, also when that changes. */
export function useTheme(): void {
  const theme = useUi((s) => s.theme);
  useEffect(() => {
    const system = preference();
    const apply = () => {
      document.documentElement.dataset.theme = isDark(theme) ? 'dark' : 'light';
    };
    apply();
    system.addEventListener('change', apply);
    return () => system.removeEventListener('change', apply);
  }, [theme]);
}
