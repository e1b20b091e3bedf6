/** Aborts a download of which nothing has arrived for some time. */
export class Patience {
  private readonly controller = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether it has aborted. */
  ended = false;

  constructor(private readonly ms: number) {
    this.arrived();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Something arrived: it waits as long again. */
  arrived(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.ended = true;
      this.controller.abort();
    }, this.ms);
  }

  /** Nothing more is waited for. */
  stop(): void {
    clearTimeout(this.timer);
  }
}
