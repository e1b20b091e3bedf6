/** How often a run that plays can be spoken to, and speaks. */
export interface Pace {
  /** Training steps between two looks at what the page wants, at most. */
  readonly turnSteps: number;
  /** Milliseconds between two messages with events, at least. */
  readonly reportMs: number;
}

export const defaultPace: Pace = { turnSteps: 1000, reportMs: 100 };
