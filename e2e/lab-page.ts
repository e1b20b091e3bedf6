import { expect, type Locator, type Page } from '@playwright/test';

/** A network and a run that are small enough for the software adapter. */
export const SMALL = 'v=1&d=mnist&m=mlp,widths:32&train=steps:60,eval:0&quantize';

/** The program that the page opens with, on WebAssembly: for tests that need no WebGPU, whose software adapter is slow. */
export const DEFAULT_ON_WASM = 'v=1&d=mnist&m=lenet-300-100&train&quantize&backend=wasm';

interface Recorded {
  fewbitsLosses?: number[];
}

/** The page of the lab, by what a person sees of it. */
export class LabPage {
  readonly run: Locator;
  readonly results: Locator;
  readonly stages: Locator;

  /** What the page asked of other servers, and what its Content-Security-Policy forbade. */
  private readonly offences: string[] = [];

  constructor(readonly page: Page) {
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith('http') && hostname !== 'localhost') this.offences.push(request.url());
    });
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.offences.push(message.text());
    });
    this.run = page.getByRole('region', { name: 'Run' });
    this.results = page.getByRole('region', { name: 'Results in four numbers' });
    this.stages = page.getByRole('list', { name: 'Stages' });
  }

  /** Opens an experiment and waits until it can be played. */
  async open(fragment = ''): Promise<void> {
    await this.page.addInitScript(recordLosses);
    // A fragment alone would not load the page again.
    await this.page.goto('about:blank');
    await this.page.goto(fragment === '' ? './' : `./#${fragment}`);
    const sweeps = this.page.getByRole('main', { name: 'Sweep' });
    await expect(/(^|&)sweep=/.test(fragment) ? sweeps : this.run.getByText('Ready')).toBeVisible({ timeout: 60_000 });
  }

  async play(): Promise<void> {
    await this.page.getByRole('button', { name: 'Play', exact: true }).click();
  }

  /** Chooses a method by its label in a form of the page. */
  async choose(form: Locator, select: string, label: string): Promise<void> {
    await form.locator(`button[aria-haspopup=listbox][aria-label="${select}"]`).click();
    await this.page
      .getByRole('option')
      .filter({ has: this.page.getByText(label, { exact: true }) })
      .click();
  }

  async done(): Promise<void> {
    expect(this.offences).toEqual([]);
    await expect(this.run.getByText('Done', { exact: true })).toBeVisible({ timeout: 150_000 });
  }

  /** The first of the four numbers, 0 … 100. */
  async testAccuracy(): Promise<number> {
    return Number.parseFloat((await this.results.locator('.headline-value').first().textContent()) ?? '');
  }

  /** The loss of every training step so far, as the engine reported it. */
  losses(): Promise<number[]> {
    return this.page.evaluate(() => (window as Window & Recorded).fewbitsLosses ?? []);
  }

  fragment(): string {
    return new URL(this.page.url()).hash.slice(1);
  }
}

/** Runs in the page before its own scripts: keeps what the engine's worker says about losses. */
function recordLosses(): void {
  const losses: number[] = [];
  (window as Window & { fewbitsLosses?: number[] }).fewbitsLosses = losses;
  const Native = window.Worker;
  window.Worker = class extends Native {
    constructor(...args: ConstructorParameters<typeof Native>) {
      super(...args);
      this.addEventListener('message', ({ data }) => {
        if (data.type !== 'events') return;
        for (const event of data.events) if (event.type === 'metrics') losses.push(...event.loss);
      });
    }
  };
}
