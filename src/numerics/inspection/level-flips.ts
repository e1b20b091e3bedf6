/**
 * Weights that change their stored level while the latent weights are trained. A weight whose latent value hovers near the border
 * of two levels goes back and forth between them: it oscillates (Nagel et al. 2022, arXiv 2203.11086, section 3).
 */

export interface Flips {
  /** Weights on another level than at the inspection before. */
  readonly changed: number;
  /** Those among them that moved against the direction of their last change: up and now down, or down and now up. */
  readonly returned: number;
}

/** Compares the levels of a tensor at one inspection with those of the inspection before. */
export class LevelFlips {
  private levels: Int32Array | undefined;
  /** −1 or 1: direction of each weight's last change; 0 if it has not changed yet. */
  private directions = new Int8Array();

  /**
   * @param levels whole numbers that grow with the stored value; kept until the next call, so they must not be changed
   * @returns null at the first inspection, or if the number of weights is another one
   */
  next(levels: Int32Array): Flips | null {
    const before = this.levels;
    this.levels = levels;
    if (before?.length !== levels.length) {
      this.directions = new Int8Array(levels.length);
      return null;
    }
    let changed = 0;
    let returned = 0;
    for (let i = 0; i < levels.length; i++) {
      const move = (levels[i] as number) - (before[i] as number);
      if (move === 0) continue;
      const direction = move > 0 ? 1 : -1;
      changed++;
      if (this.directions[i] === -direction) returned++;
      this.directions[i] = direction;
    }
    return { changed, returned };
  }
}
