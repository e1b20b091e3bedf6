const SHOWN = 10;

/** Numbers of the test images for which two models predicted different classes. */
export function disagreements(one: ArrayLike<number>, other: ArrayLike<number>): readonly number[] {
  return Array.from({ length: Math.min(one.length, other.length) }, (_, i) => i).filter((i) => one[i] !== other[i]);
}

/**
 * The numbers of the images on a page of ten.
 * @param list numbers to choose from; null for all from 0 to `length` − 1
 * @param wanted the page that was asked for, from 0; the last one if there are fewer
 */
export function pageOf(list: readonly number[] | null, length: number, wanted: number) {
  const pages = Math.max(1, Math.ceil(length / SHOWN));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  const places = Array.from({ length: Math.max(0, Math.min(SHOWN, length - page * SHOWN)) }, (_, i) => page * SHOWN + i);
  return { page, pages, indices: places.map((place) => list?.[place] ?? place) };
}
