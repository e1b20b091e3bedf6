import { openBackend } from '../engine/backends/backend';
import type { WasmPaths } from '../engine/backends/wasm-backend';
import { deviceLost } from '../engine/backends/webgpu-backend';
import type { BackendInfo, BackendName } from '../experiment/types/events';
import type { Message } from './protocol';
import { nextTask } from './turns';

/** The backend in use, and why the ones before it were left. */
export class Backends {
  current: BackendInfo | undefined;
  private readonly failed: { name: BackendName; reason: string }[] = [];
  private lost: string | undefined;

  constructor(
    private readonly wasmPaths: WasmPaths,
    /** The only one allowed. */
    private only: BackendName | undefined,
    private readonly post: (message: Message) => void,
  ) {}

  /** Opens the best one that has not failed, and tells the page. @throws Error with one sentence if there is none */
  async open(): Promise<void> {
    const opened = await openBackend({ only: this.only, without: this.only ? [] : this.failed, wasmPaths: this.wasmPaths });
    this.current = opened;
    this.lost = undefined;
    void deviceLost().then((reason) => {
      if (this.current === opened) this.lost = reason;
    });
    this.post({ type: 'backend', backend: opened });
  }

  /** Only this one from now on, or again the best one. Gives why it is not so, as a sentence, and keeps the one before; '' if it is. */
  async use(only: BackendName | undefined): Promise<string> {
    const { only: onlyBefore, current } = this;
    try {
      this.only = only;
      await this.open();
      return '';
    } catch (error) {
      this.only = current?.name;
      if (current) await this.open();
      this.only = onlyBefore;
      return `${messageOf(error)} The engine is the same as before.`;
    }
  }

  /** Gives up the current one because of this error. @returns why, as a sentence; undefined if no other may take its place */
  async leave(error: unknown): Promise<string | undefined> {
    // The notice that the device was lost may come a moment after what its loss broke.
    await nextTask();
    const { current, lost } = this;
    if (!current || this.only || (lost === undefined && current.name === 'cpu')) return undefined;
    const reason = asSentence(lost === undefined ? `${current.name} failed: ${messageOf(error)}` : `The graphics device was lost: ${lost}`);
    this.failed.push({ name: current.name, reason });
    return reason;
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function asSentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}
