/** The mark: nine cells of which few are bits. Colours are the theme's. */
export function Mark({ size = 18 }: { readonly size?: number }) {
  const cells: readonly (readonly [number, number, string])[] = [
    [0, 0, '--ink'],
    [1, 0, '--zero'],
    [2, 0, '--ink'],
    [0, 1, '--zero'],
    [1, 1, '--stored'],
    [2, 1, '--ink'],
    [0, 2, '--ink'],
    [1, 2, '--ink'],
    [2, 2, '--zero'],
  ];
  return (
    <svg width={size} height={size} viewBox="0 0 18 18" aria-hidden>
      {cells.map(([x, y, colour]) => (
        <rect key={`${x}${y}`} x={x * 6.5} y={y * 6.5} width={5} height={5} fill={`var(${colour})`} />
      ))}
    </svg>
  );
}
