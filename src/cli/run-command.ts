import { run } from '../engine/run/session';
import { unseenControl } from '../engine/training/stage-context';
import { toFragment } from '../experiment/link/url';
import { roundName, unroll } from '../experiment/program/unroll';
import { RunRecorder, stepsBetweenInspections } from '../experiment/recorded/recording';
import { recordingText } from '../experiment/recorded/write-recording';
import { trains } from '../experiment/stages/registry';
import type { RunEvent, RunRecord } from '../experiment/types/events';
import type { Stage } from '../experiment/types/experiment';
import { sha256Hex } from '../numerics/coding/checksums';
import { INTERRUPTED, type Interrupt, onInterrupt } from './interrupt';
import type { Project } from './open';
import { backendNamed, openDataset, openRunBackend, say } from './open';
import { openOutFile } from './out-file';
import { UsageError } from './problems';
import { ProgressBar, type ProgressState } from './progress-bar';
import { readExperiment } from './read-experiment';
import { summarize } from './summary';

export interface RunArguments {
  readonly source: string;
  readonly settings: readonly string[];
  readonly backend: string;
  readonly json: boolean;
  readonly out: string | undefined;
  /** File for a recording. */
  readonly recording: string | undefined;
  /** File for the model after the first stage. */
  readonly weights: string | undefined;
}

/** Runs an experiment and prints its record. Resolves with the exit code. */
export async function runCommand(args: RunArguments, project: Project): Promise<number> {
  const { experiment, warnings } = await readExperiment(args.source, args.settings);
  const backendName = backendNamed(args.backend);
  const interrupt = onInterrupt();
  const out = args.out === undefined ? null : await openOutFile(args.out);
  const recording = args.recording === undefined ? null : await openOutFile(args.recording);
  const weights = args.weights === undefined ? null : await openOutFile(args.weights);
  try {
    for (const warning of warnings) say(warning);
    const begins = unroll(experiment.stages).find(({ stage }) => stage.on)?.stage;
    if (weights && !(begins && trains(begins))) throw new UsageError('--weights needs a program whose first stage trains.');
    const dataset = await openDataset(experiment, project);
    const backend = await openRunBackend(backendName, project);
    const control = recording ? { ...unseenControl(), inspectEverySteps: stepsBetweenInspections(experiment) } : unseenControl();
    const recorder = new RunRecorder();
    let first: Uint8Array | undefined;
    const onModel = (bytes: Uint8Array) => {
      first ??= bytes;
    };
    const events = run(experiment, dataset, { backend, url: `#${toFragment(experiment)}`, control, onModel });
    const record = await drive(events, experiment.stages, interrupt, (event) => recorder.take(event));
    if (!record) return INTERRUPTED;
    if (weights && first) await weights.write(first);
    const kept = weights && first ? { weights: sha256Hex(first) } : {};
    const about = { recordedAt: new Date().toISOString(), commit: '', command: commandOf(args), ...kept };
    await recording?.write(recordingText(recorder.recording(about)));
    const json = `${JSON.stringify(record, null, 2)}\n`;
    await out?.write(json);
    process.stdout.write(args.json ? json : summarize(record));
    return 0;
  } finally {
    interrupt.dispose();
    await out?.close();
    await recording?.close();
    await weights?.close();
  }
}

/** The command that makes a recording again. */
function commandOf({ source, settings, backend, recording = '', weights }: RunArguments): string {
  const options = [...settings.flatMap((setting) => ['--set', setting]), ...(backend === 'wasm' ? [] : ['--backend', backend])];
  const words = ['run', source, ...options, '--recording', recording, ...(weights === undefined ? [] : ['--weights', weights])];
  return `npm run -s lab -- ${words.map((word) => (/^[\w.:=/+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ')}`;
}

/** Pulls the events to the end; null if it was interrupted. */
async function drive(
  events: AsyncGenerator<RunEvent>,
  program: readonly Stage[],
  interrupt: Interrupt,
  listen: (event: RunEvent) => void,
): Promise<RunRecord | null> {
  const bar = new ProgressBar(process.stderr);
  let state: ProgressState = { stage: 0, kind: '', step: 0, steps: 0, msPerStep: 0, waiting: 'starting' };
  try {
    for await (const event of events) {
      listen(event);
      if (event.type === 'done') return event.record;
      if (event.type === 'failed') throw new Error(`${event.message} ${event.advice}`.trim());
      if (event.type === 'warning') {
        bar.clear();
        say(event.message);
      }
      state = advance(state, event, program);
      bar.show(state);
      if (interrupt.requested()) {
        bar.clear();
        say(
          state.steps > 0
            ? `Stopped in stage ${state.stage + 1}${state.round ? `, ${state.round},` : ''} at step ${state.step} of ${state.steps}.`
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
export function advance(state: ProgressState, event: RunEvent, program: readonly Stage[] = []): ProgressState {
  if (event.type === 'stageStarted') {
    const { stage, kind, steps } = event;
    const at = unroll(program)[stage];
    const round = at ? roundName(at) : '';
    return {
      stage: at?.index ?? stage,
      kind,
      ...(round && { round }),
      steps,
      step: 0,
      msPerStep: 0,
      waiting: steps > 0 ? 'compiling' : 'measuring',
    };
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
