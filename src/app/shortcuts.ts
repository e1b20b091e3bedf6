import { useEffect, useRef } from 'react';
import { useExperiment } from '../state/experiment/experiment-store';
import { reset, step, togglePlay } from '../state/lab';
import { useRun } from '../state/run/run-store';
import { useUi } from '../state/ui/ui-store';
import { viewOf } from '../state/ui/views';

export type Shortcut = 'play' | 'step' | 'reset' | 'help';

/** What a key means, given where the focus is; null where the key belongs to the control that has the focus. */
export function shortcutFor(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'defaultPrevented' | 'repeat'>,
  focus: { readonly typing: boolean; readonly pressable: boolean },
): Shortcut | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || focus.typing) return null;
  if (event.key === 's') return 'step';
  if (event.repeat) return null;
  if (event.key === ' ') return focus.pressable ? null : 'play';
  if (event.key === 'r') return 'reset';
  return event.key === '?' ? 'help' : null;
}

const TYPING = 'input, textarea, select, [contenteditable], [role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"]';
const PRESSABLE = 'button, a[href], summary, [role="button"], [role="tab"], [role="radio"], [role="switch"]';

/** Single keys for the run, unless a person switched them off: space, s, r and ?. */
export function useShortcuts(onHelp: () => void): void {
  const help = useRef(onHelp);
  help.current = onHelp;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!useUi.getState().shortcuts) return;
      const target = event.target instanceof Element ? event.target : document.body;
      const found = shortcutFor(event, { typing: target.closest(TYPING) !== null, pressable: target.closest(PRESSABLE) !== null });
      // In another view nothing of the run is in sight.
      if (!found || (found !== 'help' && viewOf(useExperiment.getState().rest) !== undefined)) return;
      event.preventDefault();
      const { status, queued } = useRun.getState();
      const busy = status === 'running' || queued;
      if (found === 'help') help.current();
      else if (found === 'reset') reset();
      else if (found === 'play' && (busy || status !== 'done')) togglePlay();
      else if (found === 'step' && !busy && status !== 'done') step();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
