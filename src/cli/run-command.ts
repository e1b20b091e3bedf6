import { run, unseenControl } from '../engine/run';
import type { RunEvent, RunRecord } from '../experiment/events';
import { toFragment } from '../experiment/url';
import { INTERRUPTED, type Interrupt, onInterrupt } from './interrupt';
import { backendNamed, openDataset, openRunBackend, say } from './open';
import { openOutFile } from './out-file';
import { ProgressBar, type ProgressState } from './progress-bar';
import type { Project } from './project';
import { readExperiment } from './read-experiment';
import { summarize } from './summary';

export interface RunArguments {
  readonly source: string;
  readonly settings: readonly string[];
  readonly backend: string;
  readonly json: boolean;
  readonly out: string | undefined;
}

/** Runs an experiment and prints its record. Resolves with the exit code. */
export async function runCommand(args: RunArguments, project: Project): Promise<number> {
  const { experiment, warnings } = await readExperiment(args.source, args.settings);
  const backendName = backendNamed(args.backend);
  const interrupt = onInterrupt();
  const out = args.out === undefined ? null : await openOutFile(args.out);
  try {
    for (const warning of warnings) say(warning);
    const dataset = await openDataset(experiment, project);
    const backend = await openRunBackend(backendName, project);
    const record = await drive(
      run(experiment, dataset, { backend, url: `#${toFragment(experiment)}`, control: unseenControl() }),
      interrupt,
    );
    if (!record) return INTERRUPTED;
    const json = `${JSON.stringify(record, null, 2)}\n`;
    await out?.write(json);
    process.stdout.write(args.json ? json : summarize(record));
    return 0;
  } finally {
    interrupt.dispose();
    await out?.close();
  }
}

/** Pulls the events to the end; null if it was interrupted. */
async function drive(events: AsyncGenerator<RunEvent>, interrupt: Interrupt): Promise<RunRecord | null> {
  const bar = new ProgressBar(process.stderr);
  let state: ProgressState = { stage: 0, kind: '', step: 0, steps: 0, msPerStep: 0, waiting: 'starting' };
  try {
    for await (const event of events) {
      if (event.type === 'done') return event.record;
      if (event.type === 'failed') throw new Error(`${event.message} ${event.advice}`.trim());
      if (event.type === 'warning') {
        bar.clear();
        say(event.message);
      }
      state = advance(state, event);
      bar.show(state);
      if (interrupt.requested()) {
        bar.clear();
        say(
          state.steps > 0
            ? `Stopped in stage ${state.stage + 1} at step ${state.step} of ${state.steps}.`
            : 'Stopped before the first step.',
        );
        return null;
      }
    }
  } finally {
    bar.clear();
  }
  throw new Error('The run ended without a result.');
}

/** What the bar shows after an event. */
export function advance(state: ProgressState, event: RunEvent): ProgressState {
  if (event.type === 'stageStarted') {
    const { stage, kind, steps } = event;
    return { stage, kind, steps, step: 0, msPerStep: 0, waiting: steps > 0 ? 'compiling' : 'measuring' };
  }
  if (event.type === 'progress') {
    const { step, steps, msPerStep, waiting } = event;
    return { ...state, step, steps, msPerStep, waiting: step >= steps ? 'measuring' : waiting };
  }
  if (event.type === 'metrics') {
    return { ...state, loss: event.loss.at(-1) ?? state.loss, accuracy: event.accuracy.at(-1) ?? state.accuracy };
  }
  return state;
}
