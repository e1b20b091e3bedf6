import { prefixKey } from '../../experiment/program/prefix';
import { unroll } from '../../experiment/program/unroll';
import type { RunRecord } from '../../experiment/types/events';
import type { Experiment } from '../../experiment/types/experiment';
import { type Boundary, isLast, serving, withMarksOf } from './boundary';
import { type MemoryUse, memoryUse, SharedMemory } from './memory-use';

/** Some hundred boundaries of a network with 300,000 weights. */
const BUDGET_BYTES = 256 * 2 ** 20;

interface Held {
  readonly boundary: Boundary;
  readonly use: MemoryUse;
  /** The key of the stage before, if any. */
  readonly parent: string | undefined;
}

/**
 * Boundaries of everything that was run in this session, by their stages: a tree, in which programs that begin alike share a path. A
 * boundary is never held without those before it. When they take too much memory, the one that was not used for the longest time
 * goes, and the program that is loaded keeps all of its own.
 */
export class CheckpointLibrary {
  /** The one used last comes last. Using a boundary uses those before it too, so the first that can go has none after it. */
  private readonly held = new Map<string, Held>();
  private readonly memory = new SharedMemory();
  private kept: ReadonlySet<string> = new Set();

  /** @param tell receives the keys (`prefixKey`) of boundaries that came and went */
  constructor(
    private readonly tell: (added: readonly string[], removed: readonly string[]) => void = () => {},
    private readonly budgetBytes = BUDGET_BYTES,
  ) {}

  /** The boundaries of this experiment, from its first stage on without a gap, as far as it may continue from the last of them. */
  path(experiment: Experiment): readonly Boundary[] {
    const keys = this.keys(experiment);
    this.touch(keys);
    return serving(
      keys.flatMap((key) => this.held.get(key)?.boundary ?? []),
      experiment,
    );
  }

  /** The boundaries of this experiment do not go for want of memory, until another one is loaded. */
  load(experiment: Experiment): void {
    this.kept = new Set(stepKeys(experiment));
    this.makeRoom();
  }

  /**
   * Holds a boundary of this experiment. Gives the one that is held: of two that are equal the first, which takes over what the other
   * remembers to go back to; undefined if those before it are not there.
   */
  put(experiment: Experiment, boundary: Boundary): Boundary | undefined {
    const keys = stepKeys(experiment, boundary.checkpoint.stage);
    const key = keys.at(-1);
    const parent = keys.at(-2);
    if (key === undefined || (parent !== undefined && !this.held.has(parent))) return undefined;
    const held = this.held.get(key)?.boundary;
    const lives = held?.checkpoint.recorded !== undefined && boundary.checkpoint.recorded === undefined;
    if (held && !lives && sameWeights(held, boundary)) {
      // Where it is, since a run may be at it.
      held.checkpoint = withMarksOf(held.checkpoint, boundary.checkpoint);
      this.hold(key, held, parent);
    } else {
      // Made on another backend, or taken from a recording: what was run after it belongs to other weights, or says so.
      if (held) this.tell([], this.removeFrom(key));
      this.hold(key, boundary, parent);
      this.tell([key], []);
    }
    this.touch(keys);
    const now = this.held.get(key)?.boundary;
    this.makeRoom();
    return now;
  }

  /** The run of this experiment came to its end. */
  end(experiment: Experiment, record: RunRecord): void {
    const last = this.path(experiment).at(-1);
    if (last && isLast(last, experiment)) last.record = record;
  }

  /** Forgets the boundaries of this experiment, but for those that other programs need. */
  forget(experiment: Experiment): void {
    const removed: string[] = [];
    for (const key of this.keys(experiment).toReversed()) {
      if ([...this.held.values()].some(({ parent }) => parent === key)) break;
      this.remove(key);
      removed.push(key);
    }
    if (removed.length > 0) this.tell([], removed);
  }

  /** Forgets what was taken from a recording, and all that was run after it. */
  forgetRecorded(): void {
    const removed = [...this.held].filter(([, { boundary }]) => boundary.checkpoint.recorded).map(([key]) => key);
    for (const key of removed) this.remove(key);
    if (removed.length > 0) this.tell([], removed);
  }

  private hold(key: string, boundary: Boundary, parent: string | undefined): void {
    this.remove(key);
    const use = memoryUse(boundary);
    this.held.set(key, { boundary, use, parent });
    this.memory.add(use);
  }

  private keys(experiment: Experiment): readonly string[] {
    const keys = stepKeys(experiment);
    const missing = keys.findIndex((key) => !this.held.has(key));
    return missing < 0 ? keys : keys.slice(0, missing);
  }

  private touch(keys: readonly string[]): void {
    for (const key of keys.toReversed()) {
      const held = this.held.get(key);
      if (!held) continue;
      this.held.delete(key);
      this.held.set(key, held);
    }
  }

  private makeRoom(): void {
    const removed: string[] = [];
    for (const key of [...this.held.keys()]) {
      if (this.memory.bytes <= this.budgetBytes) break;
      if (this.kept.has(key)) continue;
      this.remove(key);
      removed.push(key);
    }
    if (removed.length > 0) this.tell([], removed);
  }

  private removeFrom(key: string): readonly string[] {
    const behind = [...this.held].flatMap(([child, { parent }]) => (parent === key ? this.removeFrom(child) : []));
    this.remove(key);
    return [...behind, key];
  }

  private remove(key: string): void {
    const held = this.held.get(key);
    if (!held) return;
    this.memory.remove(held.use);
    this.held.delete(key);
  }
}

/** The keys after each of the first `count` steps that is on. */
function stepKeys(experiment: Experiment, count?: number): readonly string[] {
  const steps = unroll(experiment.stages).slice(0, count);
  return steps.flatMap(({ stage }, number) => (stage.on ? [prefixKey(experiment, number + 1)] : []));
}

function sameWeights(a: Boundary, b: Boundary): boolean {
  const [one, other] = [a.checkpoint.model.parameters, b.checkpoint.model.parameters];
  return Object.entries(one).every(([name, values]) => values.every((value, i) => Object.is(value, other[name]?.[i])));
}
