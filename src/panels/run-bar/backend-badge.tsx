import { lazy, Suspense } from 'react';
import { duration } from '../../numerics/measures/number-words';
import { useRun } from '../../state/run/run-store';
import { PopoverButton } from '../../ui/later-popover';
import { backendLabel } from '../labels';

const EngineChoices = lazy(async () => ({ default: (await import('./engine-choices')).EngineChoices }));

/** What computes: its name always in sight; why, and what else could, on a press. */
export function BackendBadge() {
  const backend = useRun((s) => s.backend);
  const ms = useRun((s) => (s.progress && s.progress.msPerStep > 0 ? s.progress.msPerStep : null));
  if (!backend) {
    return (
      <span className="backend-badge backend-badge-waiting">
        <span className="backend-dot" />
        loading
      </span>
    );
  }
  const name = backendLabel(backend.name);
  const fallback = backend.reasons.length > 0;
  return (
    <PopoverButton
      className={fallback ? 'backend-badge backend-badge-fallback' : 'backend-badge'}
      title={name}
      placement="bottom end"
      content={
        <Suspense fallback={<p>Loading…</p>}>
          <EngineChoices />
        </Suspense>
      }
    >
      <span className="backend-dot" />
      {name}
      {fallback ? ' · fallback' : ''}
      <span className="backend-detail">{ms === null ? '' : `${duration(ms / 1000)} a step`}</span>
      <span className="visually-hidden">: what computes here</span>
    </PopoverButton>
  );
}
