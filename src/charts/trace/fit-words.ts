/** Words in a picture, moved or left out so that none covers another. */

export interface RowName {
  /** Where its middle wants to be, or its left end. */
  readonly at: number;
  readonly centred: boolean;
  /** From the most wanted to the least, with their widths. */
  readonly texts: readonly (readonly [text: string, width: number])[];
}

/** Names in one row, from left to right: the longest text of each that leaves room for the shortest of the next; none where none fits. */
export function fitRow(names: readonly RowName[], gap: number, left: number, right: number): readonly { text: string; x: number }[] {
  const out: { text: string; x: number }[] = [];
  let end = left;
  names.forEach((name, i) => {
    const next = names[i + 1];
    const shortest = next?.texts.at(-1);
    const limit = next && shortest ? Math.min(start(next, shortest[1]), right - shortest[1]) - gap : right;
    for (const [text, width] of name.texts) {
      const wanted = Math.min(start(name, width), right - width);
      const x = Math.max(end, wanted);
      const shortestHere = text === name.texts.at(-1)?.[0];
      // A name far from its place would be read as that of another.
      if (x + width > (shortestHere ? right : limit) || x - wanted > Math.max(width / 2, left - wanted)) continue;
      out.push({ text, x });
      end = x + width + gap;
      return;
    }
  });
  return out;
}

function start({ at, centred }: RowName, width: number): number {
  return centred ? at - width / 2 : at;
}

export interface PlotLabel {
  readonly x: number;
  /** Its wanted middle. */
  readonly y: number;
  readonly width: number;
}

/** Heights of labels, each as near to the wanted one as those before it leave room, between `low` and `high`. */
export function spreadLabels(labels: readonly PlotLabel[], height: number, low: number, high: number): readonly number[] {
  const placed: (PlotLabel & { readonly y: number })[] = [];
  for (const label of labels) {
    const beside = placed.filter((other) => other.x < label.x + label.width && label.x < other.x + other.width);
    const free = (y: number) => beside.every((other) => Math.abs(other.y - y) >= height - 1e-6);
    const wanted = Math.min(high, Math.max(low, label.y));
    const candidates = [wanted, ...beside.flatMap((other) => [other.y - height, other.y + height])]
      .filter((y) => y >= low && y <= high && free(y))
      .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
    placed.push({ ...label, y: candidates[0] ?? wanted });
  }
  return placed.map(({ y }) => y);
}
