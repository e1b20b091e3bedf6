/** Files of an archive that were not read, and why. */
export class SkippedFiles {
  readonly #groups = new Map<string, { count: number; readonly first: string }>();

  get count(): number {
    let sum = 0;
    for (const { count } of this.#groups.values()) sum += count;
    return sum;
  }

  broken(path: string): void {
    this.#add('broken, or too large to decode', path);
  }

  otherKind(path: string): void {
    this.#add('not JPEG pictures', path);
  }

  tooLarge(path: string, size: number): void {
    this.#add(`longer than a picture may be (${Math.round(size / 2 ** 20)} MiB)`, path);
  }

  /** "Skipped files: 2 not JPEG pictures (first: train/a/b.png), 1 broken, or too large to decode (first: train/a/c.jpg)." */
  sentence(): string {
    const groups = [...this.#groups].map(([why, { count, first }]) => `${count.toLocaleString('en-US')} ${why} (first: ${first})`);
    return `Skipped files: ${groups.join(', ')}.`;
  }

  #add(why: string, path: string): void {
    const group = this.#groups.get(why);
    if (group) group.count++;
    else this.#groups.set(why, { count: 1, first: path });
  }
}
