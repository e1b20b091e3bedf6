/** Seconds between two looks at the engine. */
export const LOOK_SECONDS = 2;
/** Looks without a sign of life after which the engine counts as gone, at least. */
const LOOKS = 10;
/** A single step may take as long as so many of those before. */
const SLOW_STEPS = 10;

/**
 * Whether the engine still lives. Silence is counted in looks, not by the clock: a machine that slept, or a page in the background
 * whose timers are held back, has not looked.
 */
export class Pulse {
  private heardOnce = false;
  private looks = 0;

  /** Any message. */
  heard(): void {
    this.heardOnce = true;
    this.looks = 0;
  }

  /** Another engine is started; how long its files take to come is not known. */
  restart(): void {
    this.heardOnce = false;
    this.looks = 0;
  }

  /**
   * @param stepSeconds what one training step takes, at most: nothing is heard meanwhile
   * @returns whether the engine is gone
   */
  look(stepSeconds: number): boolean {
    if (!this.heardOnce) return false;
    this.looks++;
    return this.looks > Math.max(LOOKS, (SLOW_STEPS * stepSeconds) / LOOK_SECONDS);
  }
}
