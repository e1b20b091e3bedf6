/** What the page around a sweep shows of it. Small, because the first page asks it: what knows sweeps is loaded later. */
import { create } from 'zustand';

export interface SweepSign {
  /** How far the sweep is that runs, "12/63"; '' while none does. */
  readonly progress: string;
  /** What came of the last one that ended here, in a sentence; '' before. */
  readonly news: string;
}

export const useSweepSign = create<SweepSign>()(() => ({ progress: '', news: '' }));
