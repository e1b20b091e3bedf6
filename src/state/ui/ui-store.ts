/** What a person chose about the page itself. Stored in this browser, never in the URL. */
import { create } from 'zustand';

/** A control of a stage's card. `title` opens and folds it. */
export type StageControl = 'title' | 'up' | 'down' | 'duplicate';

export type Theme = 'system' | 'light' | 'dark';

interface UiState {
  readonly theme: Theme;
  /** Layer shown by the histogram and the inspector; '' for the first. */
  readonly selectedLayer: string;
  /** Index of the open stage card; null for none. */
  readonly selectedStage: number | null;
  /** Where the focus goes when the program has been redrawn: the card that was moved, copied or added; −1 is after the last. */
  readonly focusWish: { readonly stage: number; readonly control: StageControl } | null;
  /** Single-key shortcuts are on. */
  readonly shortcuts: boolean;
  readonly setTheme: (theme: Theme) => void;
  readonly selectLayer: (layer: string) => void;
  readonly selectStage: (stage: number | null) => void;
  readonly wishFocus: (stage: number, control: StageControl) => void;
  readonly focusGranted: () => void;
  readonly setShortcuts: (on: boolean) => void;
}

const KEY = 'fewbits.ui';

interface Kept {
  readonly theme: Theme;
  readonly shortcuts: boolean;
}

const fallback: Kept = { theme: 'system', shortcuts: true };

/** Reads what was saved. Private windows and full disks throw: then the defaults hold. */
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
  focusWish: null,
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
  wishFocus: (stage, control) => set({ focusWish: { stage, control } }),
  focusGranted: () => set({ focusWish: null }),
}));
