/** Whether both are there and have the same dimensions. */
export function sameShape(a: readonly number[] | undefined, b: readonly number[] | undefined): boolean {
  return a !== undefined && b !== undefined && a.length === b.length && a.every((n, i) => n === b[i]);
}
