import { useSyncExternalStore } from 'react';

/** Colours and font of the current theme as canvases need them: resolved values of the CSS custom properties of tokens.css. */
export interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly hairline: string;
  readonly ghost: string;
  readonly grid: string;
  readonly latent: string;
  readonly latentText: string;
  readonly stored: string;
  readonly storedText: string;
  readonly negative: string;
  readonly middle: string;
  readonly positive: string;
  readonly font: string;
}

const properties: Record<keyof Palette, readonly [name: string, otherwise: string]> = {
  paper: ['--paper', '#fbfbf9'],
  ink: ['--ink', '#1c1f26'],
  ink2: ['--ink-2', '#5a6170'],
  ink3: ['--ink-3', '#666c7a'],
  hairline: ['--hairline', '#e6e4de'],
  ghost: ['--ghost', '#8a8a85'],
  grid: ['--grid', '#ecebe6'],
  latent: ['--latent', '#2f6fb4'],
  latentText: ['--latent-text', '#2a66a8'],
  stored: ['--stored', '#d6602a'],
  storedText: ['--stored-text', '#b34a18'],
  negative: ['--negative', '#2f6fb4'],
  middle: ['--middle', '#f2f1ec'],
  positive: ['--positive', '#d6602a'],
  font: ['--font', 'system-ui, sans-serif'],
};

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const entries = Object.entries(properties).map(([key, [name, otherwise]]) => [key, style.getPropertyValue(name).trim() || otherwise]);
  return Object.fromEntries(entries) as unknown as Palette;
}

let current: Palette | undefined;
const listeners = new Set<() => void>();
let stop = () => {};

function refresh(): void {
  const next = readPalette();
  if (current && JSON.stringify(current) === JSON.stringify(next)) return;
  current = next;
  for (const listener of listeners) listener();
}

/** Watches what can change the theme: attributes of <html>; app/theme sets one by the system's preference too. */
function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    const observer = new MutationObserver(refresh);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] });
    stop = () => observer.disconnect();
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      stop();
      current = undefined;
    }
  };
}

/** The palette of the theme in use; the component renders again when the theme changes. */
export function usePalette(): Palette {
  return useSyncExternalStore(subscribe, () => {
    current ??= readPalette();
    return current;
  });
}
