import { useEffect } from 'react';
import { useUi } from '../state/ui/ui-store';

/** Puts the chosen theme on the page; without a choice, the one that the system prefers, also when that changes. */
export function useTheme(): void {
  const theme = useUi((s) => s.theme);
  useEffect(() => {
    const preference = matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      document.documentElement.dataset.theme = theme === 'system' ? (preference.matches ? 'dark' : 'light') : theme;
    };
    apply();
    preference.addEventListener('change', apply);
    return () => preference.removeEventListener('change', apply);
  }, [theme]);
}
