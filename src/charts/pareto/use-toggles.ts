import { useCallback, useState } from 'react';

const none: ReadonlySet<string> = new Set();

/** Hidden groups, and how to hide or show one; null shows all. */
export function useToggles(): [ReadonlySet<string>, (group: string | null) => void] {
  const [hidden, setHidden] = useState(none);
  const toggle = useCallback((group: string | null) => {
    setHidden((old) => {
      if (group === null) return none;
      const next = new Set(old);
      if (!next.delete(group)) next.add(group);
      return next;
    });
  }, []);
  return [hidden, toggle];
}
