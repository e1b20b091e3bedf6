import { Button, DialogTrigger } from 'react-aria-components';
import { duration } from '../../numerics/measures/number-words';
import { useRun } from '../../state/run/run-store';
import { PopoverDialog } from '../../ui/help';
import { backendLabel } from '../labels';

/** What computes: its name always in sight, adapter and reasons on a press. */
export function BackendBadge() {
  const backend = useRun((s) => s.backend);
  const ms = useRun((s) => (s.progress && s.progress.msPerStep > 0 ? s.progress.msPerStep : null));
  if (!backend) {
    return (
      <span className="backend-badge backend-badge-waiting">
        <span className="backend-dot" />
        starting
      </span>
    );
  }
  const name = backendLabel(backend.name);
  const fallback = backend.reasons.length > 0;
  return (
    <DialogTrigger>
      <Button className={fallback ? 'backend-badge backend-badge-fallback' : 'backend-badge'}>
        <span className="backend-dot" />
        {name}
        {fallback ? ' · fallback' : ''}
        <span className="backend-detail">{ms === null ? backend.adapter : `${duration(ms / 1000)} a step`}</span>
        <span className="visually-hidden">: what computes here</span>
      </Button>
      <PopoverDialog title={name} placement="bottom end">
        <p>{backend.adapter || 'The browser does not name the adapter.'}</p>
        {ms === null ? null : <p>{duration(ms / 1000)} for one training step.</p>}
        {backend.reasons.map((reason) => (
          <p key={reason}>{reason}</p>
        ))}
        <p className="source">
          The network trains on this machine, in this tab. Nothing is sent anywhere. Another backend gives the same run, apart from rounding
          differences.
        </p>
      </PopoverDialog>
    </DialogTrigger>
  );
}
