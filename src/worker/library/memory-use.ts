/** What a value takes in memory, roughly: the buffers of its arrays, and the length of everything else. */
export interface MemoryUse {
  readonly buffers: ReadonlySet<ArrayBufferLike>;
  /** Without the buffers. */
  readonly bytes: number;
}

export function memoryUse(value: unknown): MemoryUse {
  const buffers = new Set<ArrayBufferLike>();
  return { bytes: walk(value, buffers), buffers };
}

function walk(value: unknown, buffers: Set<ArrayBufferLike>): number {
  if (ArrayBuffer.isView(value)) {
    buffers.add(value.buffer);
    return 8;
  }
  if (typeof value === 'string') return 2 * value.length;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.entries(value).reduce((sum, [key, held]) => sum + 2 * key.length + walk(held, buffers), 0);
}

/** The memory of many values together. A buffer counts once, however many of them hold it: the checkpoints of a run share its marks. */
export class SharedMemory {
  private readonly holders = new Map<ArrayBufferLike, number>();
  private total = 0;

  get bytes(): number {
    return this.total;
  }

  add({ buffers, bytes }: MemoryUse): void {
    this.total += bytes;
    for (const buffer of buffers) {
      const holders = this.holders.get(buffer) ?? 0;
      if (holders === 0) this.total += buffer.byteLength;
      this.holders.set(buffer, holders + 1);
    }
  }

  /** @param use one that was added */
  remove({ buffers, bytes }: MemoryUse): void {
    this.total -= bytes;
    for (const buffer of buffers) {
      const holders = this.holders.get(buffer) ?? 0;
      if (holders > 1) this.holders.set(buffer, holders - 1);
      else {
        this.holders.delete(buffer);
        this.total -= buffer.byteLength;
      }
    }
  }
}
