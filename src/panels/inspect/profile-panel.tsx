import { useEffect } from 'react';
import { BarList } from '../../charts/shared/bar-list';
import { trains } from '../../experiment/stages/registry';
import type { BackendName, StepProfile } from '../../experiment/types/events';
import { bytesShort, count, duration, plural } from '../../numerics/measures/number-words';
import { useExperiment } from '../../state/experiment/experiment-store';
import { setProfiling } from '../../state/lab';
import type { RunState } from '../../state/run/run-state';
import { useRun } from '../../state/run/run-store';
import { HelpLabel } from '../../ui/help';
import { gpuTime, kernelRows } from './kernel-rows';
import numbers from './numbers.module.css';
import styles from './profile.module.css';

/** The tab that shows where time is spent. While it is open, a training step is measured now and then. */
export function ProfilePanel() {
  useEffect(() => {
    setProfiling(true);
    return () => setProfiling(false);
  }, []);
  const profile = useRun((s) => s.profile);
  const backend = useRun((s) => s.backend?.name ?? null);
  const msPerStep = useRun((s) => (s.progress && s.progress.msPerStep > 0 ? s.progress.msPerStep : null));
  const status = useRun((s) => (s.queued ? 'running' : s.status));
  const training = useExperiment((s) => s.experiment.stages.some((stage) => stage.on && trains(stage)));
  return <ProfileView profile={profile} backend={backend} msPerStep={msPerStep} hint={hintFor(status, training)} />;
}

/** What has to happen for a profile to appear. */
function hintFor(status: RunState['status'], training: boolean): string {
  if (!training) return 'No stage of this program trains, so there is no training step to measure.';
  if (status === 'running') return 'A training step is about to be measured.';
  if (status === 'done') return 'This run is done. Run it again with this tab open to measure its steps.';
  return 'Press play: while this tab is open, a training step is measured every second or two.';
}

export interface ProfileViewProps {
  readonly profile: StepProfile | null;
  readonly backend: BackendName | null;
  /** Milliseconds of a training step of late; null while nothing was trained. */
  readonly msPerStep: number | null;
  /** What has to happen for a profile to appear. */
  readonly hint: string;
}

const HELP =
  'On a GPU, the kernels of a small network take microseconds. The JavaScript that prepares and issues them one by one takes longer. So the step is captured: it is traced once, with every kernel and buffer, and then replayed as one list, many steps in one submission. Values that change from step to step, such as the learning rate or the order of the images, are stored in buffers on the GPU. The numbers are the same.';

/** What one training step costs: launches, JavaScript, time by kernel, memory. */
export function ProfileView({ profile, backend, msPerStep, hint }: ProfileViewProps) {
  return (
    <div className={styles.profile}>
      <section className={numbers.stage}>
        <h3>One training step</h3>
        {profile ? <Costs profile={profile} /> : <Nothing backend={backend} msPerStep={msPerStep} hint={hint} />}
        <HelpLabel title="A captured step" help={HELP} className={styles.help}>
          Why a step is captured
        </HelpLabel>
      </section>
      {profile ? <Kernels kernels={profile.kernels} /> : null}
    </div>
  );
}

function Costs({ profile }: { readonly profile: StepProfile }) {
  const rows: readonly (readonly [string, string])[] = [
    ['measured at step', count(profile.globalStep + 1)],
    ['kernel launches', count(profile.dispatches)],
    ['JavaScript', duration(profile.jsMsPerStep / 1000)],
    ['whole step', duration(profile.totalMsPerStep / 1000)],
    ['buffers of the step', bytesShort(profile.stepBytes)],
    ['weights, optimizer, images', bytesShort(profile.gpuBytes)],
    ['tensors', count(profile.tensors)],
  ];
  return (
    <>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={numbers.note}>JavaScript and whole step: means over this stage so far.</p>
    </>
  );
}

function Kernels({ kernels }: { readonly kernels: StepProfile['kernels'] }) {
  const total = gpuTime(kernels);
  const launches = plural(
    kernels.reduce((sum, kernel) => sum + kernel.launches, 0),
    'launch',
    'launches',
  );
  return (
    <BarList
      title={total === null ? 'Launches by kernel' : 'Time by kernel'}
      subtitle="in one step"
      summary={
        total === null
          ? `${launches}. This device has no timestamps, so launches are counted and not timed.`
          : `${launches}, ${duration(total / 1000)} together. Each is timed in its own pass, so together they may take longer than a step.`
      }
      rows={kernelRows(kernels)}
      head={['kernel', 'launches', total === null ? 'launches' : 'time']}
    />
  );
}

function Nothing({ backend, msPerStep, hint }: Omit<ProfileViewProps, 'profile'>) {
  if (backend !== null && backend !== 'webgpu') {
    return (
      <p className={numbers.note}>
        Steps are captured and measured only on WebGPU. Here every operation is issued separately
        {msPerStep === null ? '.' : `: ${duration(msPerStep / 1000)} a step.`}
      </p>
    );
  }
  return <p className={numbers.note}>{hint}</p>;
}
