import { type RefObject, useEffect } from 'react';
import { useUi } from '../../state/ui/ui-store';

/** Moves the focus into the card when that was asked for: a stage takes the focus along where it goes. */
export function useFocusWish(index: number, card: RefObject<HTMLElement | null>): void {
  const control = useUi((s) => (s.focusWish?.stage === index ? s.focusWish.control : null));
  useEffect(() => {
    if (control === null) return;
    card.current?.querySelector<HTMLElement>(`[data-control="${control}"]`)?.focus();
    useUi.getState().focusGranted();
  }, [control, card]);
}
