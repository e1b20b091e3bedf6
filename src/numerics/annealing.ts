/** How a strength or a sharpness changes while a stage trains. Progress goes from 0 to 1. */

/** from × (to / from)^progress: grows by the same factor in every step. Both are more than 0. */
export function geometric(progress: number, from: number, to: number): number {
  return from * (to / from) ** progress;
}

/** 0 until `start`, then a straight line that reaches 1 at the end. @param start 0 … less than 1 */
export function ramp(progress: number, start: number): number {
  return Math.max(0, (progress - start) / (1 - start));
}
