interface Waiter {
  readonly count: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Lets callers wait for the first images of a file whose shards arrive in any order. */
export class Arrivals {
  readonly #shards: readonly number[];
  readonly #there: boolean[];
  #waiters: Waiter[] = [];
  #failure: { readonly error: unknown } | undefined;

  /** @param shards images in each shard, in file order */
  constructor(shards: readonly number[]) {
    this.#shards = shards;
    this.#there = shards.map(() => false);
  }

  /** Resolves once the first `count` images have arrived; rejects if a shard that is still missing failed to load. */
  first(count: number): Promise<void> {
    if (count <= this.#available()) return Promise.resolve();
    if (this.#failure) return Promise.reject(this.#failure.error);
    const total = this.#shards.reduce((sum, shard) => sum + shard, 0);
    if (count > total) return Promise.reject(new RangeError(`${count} images were requested, but only ${total} exist.`));
    return new Promise((resolve, reject) => this.#waiters.push({ count, resolve, reject }));
  }

  /** Shard number `index` is in place. */
  arrived(index: number): void {
    this.#there[index] = true;
    const available = this.#available();
    const served = this.#waiters.filter((waiter) => waiter.count <= available);
    this.#waiters = this.#waiters.filter((waiter) => waiter.count > available);
    for (const waiter of served) waiter.resolve();
  }

  /** No more shards will come. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    for (const waiter of this.#waiters.splice(0)) waiter.reject(this.#failure.error);
  }

  #available(): number {
    let count = 0;
    for (let i = 0; i < this.#shards.length && this.#there[i]; i++) count += this.#shards[i] as number;
    return count;
  }
}
