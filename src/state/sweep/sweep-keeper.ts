/** Runs sweeps: the worker, the archive and the store tied together. */
import type { KeptRun } from '../../experiment/results/kept-run';
import { branchOrder } from '../../experiment/sweep/order';
import type { Sweep } from '../../experiment/sweep/sweep';
import type { Command, Message, SweepResult } from '../../worker/protocol';
import type { Archive } from '../kept/archive/archive';
import { archiveError } from '../kept/archive/archive-error';
import type { KeptSweep } from '../kept/archive/kept-sweep';
import {
  changeKept,
  changeSweep,
  forgetSweep,
  type HeldSweep,
  holdAgain,
  holdSweep,
  missingPoints,
  newSweep,
  runningSweep,
  showSweep,
  sweepById,
  useSweeps,
} from './sweep-store';

/** What it needs of the page; tests give their own. */
export interface SweepContext {
  readonly send: (command: Command) => void;
  readonly notify: (tone: 'info' | 'warning' | 'danger', message: string, detail?: string) => void;
  /** @throws ArchiveError where nothing can be saved */
  readonly archive: () => Promise<Archive>;
  /** Keeps runs and lists them among the saved ones; those that no archive takes in this page only. Never rejects. */
  readonly keepRuns: (runs: readonly KeptRun[]) => Promise<unknown>;
  /** Takes runs that are no longer saved from the list of the saved ones. */
  readonly dropRuns: (ids: ReadonlySet<string>) => void;
  /** Gives true if no other tab of the page runs a sweep; then none will until this one is closed. */
  readonly claim: () => Promise<boolean>;
  readonly newId: () => string;
}

/** Said of a sweep that is in this page only. */
export const UNKEPT = 'It is lost when this page is closed: export the sweep to keep it.';

export class SweepKeeper {
  private archive: Archive | undefined;
  /** The sweep that the worker holds, perhaps paused in the middle of a point. */
  private inWorker = '';
  /** How often the worker was given a sweep. The end of an earlier start may be reported after the next one. */
  private starts = 0;
  private claimed = false;

  constructor(private readonly context: SweepContext) {}

  /** Reads what is saved, and continues with the sweep that was running. */
  async open(): Promise<void> {
    try {
      const archive = await this.opened();
      for (const kept of (await archive.sweeps()).found) {
        if (!sweepById(kept.id)) holdSweep(kept, await archive.runsOf(kept.id));
      }
    } catch {
      // Said when there is something to keep: then it is tried again.
    }
    const running = runningSweep();
    useSweeps.setState(({ sweeps, shown }) => ({ ready: true, shown: shown || (running ?? sweeps.at(-1))?.kept.id || '' }));
    if (running && this.inWorker !== running.kept.id) await this.goOn(running);
  }

  /** Begins a sweep. @throws SweepError if there are too many points */
  async start(sweep: Sweep): Promise<void> {
    const held = holdSweep(newSweep(sweep, this.context.newId(), new Date().toISOString()), []);
    showSweep(held.kept.id);
    await this.keepSweep(held.kept);
    await this.goOn(held);
  }

  /** Stops where it is. */
  pause(id: string): void {
    if (this.inWorker === id) this.context.send({ type: 'pauseSweep' });
    this.setState(id, 'paused');
  }

  /** Continues, in the middle of the point if the worker still has it. */
  async resume(id: string): Promise<void> {
    const held = sweepById(id);
    if (!held) return;
    if (this.inWorker === id) {
      this.setState(id, 'running');
      this.context.send({ type: 'resumeSweep' });
    } else await this.goOn(held);
  }

  /** Does not continue. What has run stays. */
  cancel(id: string): void {
    if (this.inWorker === id) this.context.send({ type: 'cancelSweep' });
    this.letGo(id);
    this.setState(id, 'cancelled');
  }

  /** Runs the points that failed once more. */
  async retry(id: string): Promise<void> {
    const held = sweepById(id);
    if (!held) return;
    const impossible = held.points.flatMap(({ index, problem }) => (problem === '' ? [] : [[index, problem] as const]));
    const changed = changeKept(id, { failed: Object.fromEntries(impossible) });
    if (changed) await this.goOn(changed);
  }

  describe(id: string, change: { readonly name?: string; readonly note?: string }): void {
    const held = sweepById(id);
    if (!held) return;
    const { name = held.kept.sweep.name, note = held.kept.note } = change;
    const changed = changeKept(id, { note, sweep: { ...held.kept.sweep, name } });
    if (changed) void this.keepSweep(changed.kept);
  }

  /** Takes a sweep and its runs away; `undoRemove` puts it back until another one is removed. */
  async remove(id: string): Promise<void> {
    const removed = sweepById(id);
    if (!removed) return;
    if (this.inWorker === id) this.context.send({ type: 'cancelSweep' });
    this.letGo(id);
    forgetSweep(id);
    useSweeps.setState({ removed });
    this.context.dropRuns(new Set(Object.values(removed.runs).map((run) => run.id)));
    try {
      await (await this.opened()).removeSweep(id);
    } catch (error) {
      this.complain(id, error);
    }
  }

  /** Puts the sweep that was removed back with its runs. One that ran is paused: the worker has let it go. */
  async undoRemove(): Promise<void> {
    const { removed } = useSweeps.getState();
    if (!removed) return;
    const { state } = removed.kept;
    holdAgain({ ...removed, active: {}, kept: { ...removed.kept, state: state === 'running' ? 'paused' : state } });
    await this.context.keepRuns(Object.values(removed.runs));
    const held = sweepById(removed.kept.id);
    if (held) await this.keepSweep(held.kept);
  }

  /** Takes a message of the worker; those about something else are ignored. */
  hear(message: Message): void {
    if (message.type === 'sweepProgress') {
      const { id, index, step, steps, waiting } = message;
      changeSweep(id, (held) => ({ ...held, active: { ...held.active, [index]: { step, steps, waiting } } }));
    } else if (message.type === 'sweepPoint') this.takePoint(message.id, message.index, message.result);
    else if (message.type === 'sweepEnded') this.takeEnd(message);
    else if (message.type === 'fatal') this.takeCrash();
  }

  private takePoint(id: string, index: number, result: SweepResult): void {
    const held = sweepById(id);
    // The sweep was removed in the meantime.
    if (!held) return;
    const { [index]: _, ...active } = held.active;
    if ('run' in result) {
      changeSweep(id, (now) => ({ ...now, active, runs: { ...now.runs, [index]: result.run } }));
      void this.keepRun(id, result.run);
    } else {
      changeSweep(id, (now) => ({ ...now, active }));
      const changed = changeKept(id, { failed: { ...held.kept.failed, [index]: result.failed } });
      if (changed) void this.keepSweep(changed.kept);
    }
  }

  private takeEnd({ id, start, cancelled, problem }: Extract<Message, { type: 'sweepEnded' }>): void {
    if (start !== this.starts && this.inWorker === id) return;
    this.letGo(id);
    const held = changeSweep(id, (now) => ({ ...now, active: {} }));
    if (!held || cancelled) return;
    this.setState(id, problem === '' ? 'done' : 'paused');
    if (problem !== '') this.context.notify('warning', `The sweep has paused: ${problem}`, 'Resume it when that is fixed.');
  }

  /** The worker is gone. What broke it may be the sweep: it continues when asked. */
  private takeCrash(): void {
    const id = this.inWorker;
    if (id === '') return;
    this.letGo(id);
    changeSweep(id, (now) => ({ ...now, active: {} }));
    this.setState(id, 'paused');
  }

  /** Gives the worker what is missing. */
  private async goOn(held: HeldSweep): Promise<void> {
    const { id } = held.kept;
    this.claimed ||= await this.context.claim();
    if (!this.claimed) {
      // In memory only: the other tab saves the sweep as it runs there.
      changeKept(id, { state: 'paused' });
      this.context.notify('info', 'Another tab of this page is running a sweep.', 'Close it, then resume the sweep here.');
      return;
    }
    // One at a time: the worker ends the one that it has.
    for (const { kept } of useSweeps.getState().sweeps) if (kept.id !== id && kept.state === 'running') this.setState(kept.id, 'paused');
    this.inWorker = id;
    this.setState(id, 'running');
    const missing = new Set(missingPoints(held));
    const points = branchOrder(held.points).filter((point) => missing.has(point));
    this.starts++;
    this.context.send({ type: 'sweep', id, start: this.starts, points: points.map(({ index, experiment }) => ({ index, experiment })) });
  }

  private letGo(id: string): void {
    if (this.inWorker === id) this.inWorker = '';
  }

  private setState(id: string, state: KeptSweep['state']): void {
    const held = changeSweep(id, (now) => ({ ...now, kept: { ...now.kept, state }, active: state === 'cancelled' ? {} : now.active }));
    if (held) void this.keepSweep(held.kept);
  }

  private async keepRun(id: string, run: KeptRun): Promise<void> {
    try {
      return await (await this.opened()).keepRun(run);
    } catch (error) {
      this.complain(id, error);
    }
    await this.context.keepRuns([run]);
  }

  private async keepSweep(sweep: KeptSweep): Promise<void> {
    try {
      await (await this.opened()).keepSweep(sweep);
    } catch (error) {
      this.complain(sweep.id, error);
    }
  }

  /** The archive; where there was none, it is asked for again. */
  private async opened(): Promise<Archive> {
    this.archive ??= await this.context.archive();
    return this.archive;
  }

  /** What cannot be saved continues in memory. The same notice is not given twice; the sweep bears it, too. */
  private complain(id: string, error: unknown): void {
    const { message } = archiveError(error, 'save');
    changeSweep(id, (held) => ({ ...held, trouble: message }));
    this.context.notify('warning', message, UNKEPT);
  }
}
