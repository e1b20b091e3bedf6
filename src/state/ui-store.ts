/** What a person chose about the page itself. Kept in this browser, never in the URL. */
import { create } from 'zustand';

export type Theme = 'system' | 'light' | 'dark';

interface UiState {
  readonly theme: Theme;
  /** Layer shown by the histogram and the inspector; '' for the first. */
  readonly selectedLayer: string;
  /** Index of the stage card that stands open; null for none. */
  readonly selectedStage: number | null;
  /** Single-key shortcuts are on. */
  readonly shortcuts: boolean;
  readonly setTheme: (theme: Theme) => void;
  readonly selectLayer: (layer: string) => void;
  readonly selectStage: (stage: number | null) => void;
  readonly setShortcuts: (on: boolean) => void;
}

const KEY = 'fewbits.ui';

interface Kept {
  readonly theme: Theme;
  readonly shortcuts: boolean;
}

const fallback: Kept = { theme: 'system', shortcuts: true };

/** Reads what was kept. Private windows and full disks throw: then the defaults hold. */
export function readKept(storage: Pick<Storage, 'getItem'> | undefined): Kept {
  try {
    const held: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}');
    if (typeof held !== 'object' || held === null) return fallback;
    const { theme, shortcuts } = held as Partial<Record<keyof Kept, unknown>>;
    return {
      theme: theme === 'light' || theme === 'dark' ? theme : 'system',
      shortcuts: shortcuts !== false,
    };
  } catch {
    return fallback;
  }
}

function keep(state: Kept): void {
  try {
    globalThis.localStorage?.setItem(KEY, JSON.stringify({ theme: state.theme, shortcuts: state.shortcuts }));
  } catch {
    // Nothing is lost but the memory of this choice.
  }
}

function storage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

export const useUi = create<UiState>()((set, get) => ({
  ...readKept(storage()),
  selectedLayer: '',
  selectedStage: null,
  setTheme: (theme) => {
    set({ theme });
    keep(get());
  },
  setShortcuts: (shortcuts) => {
    set({ shortcuts });
    keep(get());
  },
  selectLayer: (selectedLayer) => set({ selectedLayer }),
  selectStage: (selectedStage) => set({ selectedStage }),
}));
