import { useEffect, useRef } from 'react';
import { beginDialog, endDialog } from '../experiment/experiment-store';

/** While something is open, the browser's Back closes it. */
export function useBackCloses(open: boolean, onClose: () => void): void {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    if (!open) return undefined;
    beginDialog();
    let left = false;
    const onBack = () => {
      left = true;
      close.current();
    };
    window.addEventListener('popstate', onBack);
    return () => {
      window.removeEventListener('popstate', onBack);
      if (!left) endDialog();
    };
  }, [open]);
}
