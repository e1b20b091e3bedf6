import { useEffect } from 'react';
import { trains } from '../../experiment/stages/registry';
import { useExperiment } from '../../state/experiment-store';
import { setProfiling } from '../../state/lab';
import type { RunState } from '../../state/run-state';
import { useRun } from '../../state/run-store';
import { ProfileView } from './profile-view';

/** The tab that looks under the bonnet. While it is open, a training step is measured now and then. */
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
  if (status === 'running') return 'A training step is measured in a moment.';
  if (status === 'done') return 'This run is done. Run it again with this tab open, and its steps are measured.';
  return 'Press play: while this tab is open, a training step is measured every second or two.';
}
