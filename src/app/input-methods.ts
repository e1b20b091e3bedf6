/**
 * Input methods (for Chinese, Japanese, Korean and others) take Enter and Escape for themselves while a word is being composed: Enter
 * chooses it, Escape drops it. No field, dialog or shortcut of the page may act on these keys then.
 */

/** The code of a key that an input method is working on; Safari gives it to the Enter that ends a composition. */
const PROCESSED = 229;

/** True for a key that belongs to an input method. */
export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === PROCESSED;
}

/** Keeps keys of a composition from every listener of the page, those of fields in dialogs included. Call it before any other listens. */
export function guardCompositions(target: Pick<EventTarget, 'addEventListener'>): void {
  target.addEventListener(
    'keydown',
    (event) => {
      const key = event as KeyboardEvent;
      if (!isComposing(key)) return;
      event.stopImmediatePropagation();
      // Behind a composition in Safari, Enter would also send the form.
      if (key.key === 'Enter' && !key.isComposing) event.preventDefault();
    },
    { capture: true },
  );
}
