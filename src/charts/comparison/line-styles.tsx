/** Lines of a comparison: the first is the baseline. No two are told apart by colour alone, and none has a colour with a meaning. */
const lines = [
  { stroke: 'var(--ink-3)', dash: '5 4', width: 1.5 },
  { stroke: 'var(--ink)', dash: '', width: 1.75 },
  { stroke: '#a855a0', dash: '9 3', width: 1.75 },
  { stroke: '#1e8fa3', dash: '2 3', width: 2 },
  { stroke: '#9a7a10', dash: '9 3 2 3', width: 1.75 },
  { stroke: '#cf5a55', dash: '14 3 2 3 2 3', width: 1.75 },
] as const;

/** Runs that one picture tells apart. */
export const MOST_LINES = lines.length;

/** Of the run at this position. */
export function lineProps(index: number): {
  readonly stroke: string;
  readonly strokeWidth: number;
  readonly strokeDasharray: string | undefined;
} {
  const { stroke, dash, width } = lines[index % lines.length] ?? lines[0];
  return { stroke, strokeWidth: width, strokeDasharray: dash || undefined };
}

/** The line of a run, beside its name. */
export function LineKey({ index }: { readonly index: number }) {
  return (
    <svg width={34} height={12} aria-hidden="true">
      <line x1={1} x2={33} y1={6} y2={6} {...lineProps(index)} />
    </svg>
  );
}
