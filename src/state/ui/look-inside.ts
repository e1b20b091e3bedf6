/** Which part of the right column is open, and what is shown to the models in *Draw*. */
import { create } from 'zustand';

/** A test image that somebody took to *Draw*. */
export interface TakenImage {
  /** Its number in the test set. */
  readonly index: number;
  readonly label: number;
  /** Bytes, rows top to bottom, channels last. */
  readonly pixels: Uint8Array;
}

/** Lines of a pen; coordinates are 0 … 1 from left to right and from top to bottom. */
export type Drawing = readonly (readonly { readonly x: number; readonly y: number }[])[];

interface LookInside {
  readonly tab: string;
  readonly drawing: Drawing;
  /** Shown in place of the drawing; null for none. */
  readonly taken: TakenImage | null;
}

export const useLookInside = create<LookInside>()(() => ({ tab: 'errors', drawing: [], taken: null }));

export function openTab(tab: string): void {
  useLookInside.setState({ tab });
}

/** Shows a drawing to the models, in place of what was there. */
export function setDrawing(drawing: Drawing): void {
  useLookInside.setState({ drawing, taken: null });
}

/** Shows a test image to the models, and opens the part where they answer. */
export function takeToDraw(taken: TakenImage): void {
  useLookInside.setState({ taken, drawing: [], tab: 'draw' });
}
