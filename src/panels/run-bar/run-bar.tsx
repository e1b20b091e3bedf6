import { Dices, Pause, Play, Repeat, RotateCcw, StepForward } from 'lucide-react';
import { useRef, useState } from 'react';
import { percent } from '../../numerics/measures/number-words';
import { useExperiment } from '../../state/experiment/experiment-store';
import { newSeed, play, reset, runAgain, step, togglePlay } from '../../state/lab';
import { useRun } from '../../state/run/run-store';
import { Button } from '../../ui/button';
import { LaterPopover } from '../../ui/later-popover';
import { BackendBadge } from './backend-badge';
import './run-bar.css';
import { overallShare, runSentence, segments, timeLeft } from './run-sentence';

/** Play, pause, step, start again; the state of the run; what computes. Always in sight. */
export function RunBar() {
  return (
    <section className="run-bar" aria-label="Run">
      <Controls />
      <Where />
      <BackendBadge />
    </section>
  );
}

function Controls() {
  const running = useRun((s) => s.status === 'running' || s.queued);
  const done = useRun((s) => s.status === 'done' && !s.queued);
  const stuck = useRun((s) => s.dataProblem !== null || s.fatal !== null);
  const started = useRun((s) => s.current !== null || s.status === 'done');
  return (
    <div className="run-controls">
      <PlayButton running={running} done={done} stuck={stuck} />
      <Button onPress={step} label="Step" inactive={stuck || done || running} tip="One training step, or one stage without training">
        <StepForward size={14} aria-hidden />
        <span className="run-word">Step</span>
      </Button>
      <Button onPress={reset} label="Reset" inactive={stuck || !started} tip="Back to the start, with the same initial weights">
        <RotateCcw size={14} aria-hidden />
        <span className="run-word">Reset</span>
      </Button>
      <Button onPress={newSeed} label="New seed" tip="Other initial weights, another order of the images">
        <Dices size={14} aria-hidden />
        <span className="run-word">New seed</span>
      </Button>
    </div>
  );
}

interface PlayButtonProps {
  readonly running: boolean;
  readonly done: boolean;
  readonly stuck: boolean;
}

/**
 * One button from play to the end. When the run is done it asks before it runs again: a press on Pause that came too late must not
 * throw the results away.
 */
function PlayButton({ running, done, stuck }: PlayButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [asking, setAsking] = useState(false);
  const Icon = done ? Repeat : running ? Pause : Play;
  const answer = (act: () => void) => () => {
    setAsking(false);
    act();
  };
  return (
    <>
      <Button
        ref={button}
        variant="primary"
        className="run-play"
        inactive={stuck}
        onPress={done ? () => setAsking(true) : togglePlay}
        aria-haspopup={done ? 'dialog' : undefined}
        aria-expanded={done ? asking : undefined}
      >
        <Icon size={14} fill={done ? 'none' : 'currentColor'} aria-hidden />
        {done ? 'Run again…' : running ? 'Pause' : 'Play'}
      </Button>
      {done ? (
        <LaterPopover title="This run is done" trigger={button} open={asking} onClose={() => setAsking(false)}>
          <p>
            Running it again gives the same numbers: the seed determines every random choice. Another seed or a changed program gives
            different numbers.
          </p>
          <div className="button-row">
            <Button small onPress={answer(runAgain)}>
              Run it again
            </Button>
            <Button small onPress={answer(runNewSeed)}>
              Run with a new seed
            </Button>
          </div>
        </LaterPopover>
      ) : null}
    </>
  );
}

function runNewSeed(): void {
  newSeed();
  play();
}

/** More parts than this are drawn without gaps. */
const MANY = 20;

function Where() {
  const run = useRun();
  const experiment = useExperiment((s) => s.experiment);
  const sentence = runSentence(run, experiment);
  const parts = segments(run, experiment.stages);
  const share = overallShare(parts);
  const left = timeLeft(run, experiment.stages);
  const longest = Math.max(1, ...parts.map((part) => part.steps));
  return (
    <div className="run-where tabular">
      <p className="run-sentence">
        {sentence.stage > 0 ? <span className="run-number">{sentence.stage}</span> : null}
        <strong>{sentence.title}</strong> <span>{sentence.detail}</span>
      </p>
      <div
        className="run-progress"
        data-many={parts.length > MANY || undefined}
        role="progressbar"
        aria-label="Progress over all stages"
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={`${percent(share, 0)}${left ? `, ${left}` : ''}`}
      >
        {parts.map((part) => (
          <span
            key={part.stage}
            className={part.compressed ? 'run-segment run-segment-compressed' : 'run-segment'}
            style={{ flexGrow: Math.max(part.steps / longest, 0.001) }}
          >
            <span style={{ scale: `${part.share} 1` }} />
          </span>
        ))}
      </div>
      <p className="run-left">{left}</p>
    </div>
  );
}
