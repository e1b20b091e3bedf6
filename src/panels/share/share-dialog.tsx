import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { passportText } from '../../experiment/link/passport';
import { modelDefinition } from '../../experiment/methods/models/registry';
import { isSameRun } from '../../experiment/program/prefix';
import { stageDefinition } from '../../experiment/stages/registry';
import type { Experiment } from '../../experiment/types/experiment';
import { percent } from '../../numerics/measures/number-words';
import { sharedFragment, useExperiment } from '../../state/experiment/experiment-store';
import { useRun } from '../../state/run/run-store';
import { Button } from '../../ui/button';
import { Modal } from '../../ui/modal';
import { Switch } from '../../ui/switch';
import { backendLabel, datasetLabel } from '../labels';
import './share-dialog.css';

/** The link, a button that copies it, and what is in it. */
export function ShareDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const experiment = useExperiment((s) => s.experiment);
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const record = useRun((s) => s.record);
  const [withResult, setWithResult] = useState(false);
  // Whoever opens the link trains all stages on one backend: a result that began with a recording made elsewhere, or that two
  // backends computed, is no promise of theirs.
  const own = record && !record.backends && (!record.recorded || record.recorded.backend === record.backend.name);
  const result = own && isSameRun(record.experiment, experiment) ? record : null;
  const passport = result && withResult ? `&passport=${passportText(result)}` : '';
  const url = `${location.origin}${location.pathname}#${sharedFragment()}${passport}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setCopied('yes');
    } catch {
      // Clipboards are closed to pages without a secure address: the text is selected on focus, to be copied by hand.
      setCopied('failed');
    }
  };
  return (
    <Modal title="Share this experiment" open={open} onClose={onClose}>
      <p>
        The link holds the whole experiment{passport ? ' and its result here' : ', nothing else'}: opening it on another machine gives the
        same run{passport ? ', and says whether it is' : ''}.
      </p>
      <div className="share-link">
        <textarea aria-label="Link to this experiment" readOnly rows={2} value={url} onFocus={(event) => event.target.select()} />
        <Button variant="primary" onPress={copy}>
          {copied === 'yes' ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
          {copied === 'yes' ? 'Copied' : 'Copy link'}
        </Button>
      </div>
      {result ? (
        <Switch
          on={withResult}
          onChange={(on) => {
            setWithResult(on);
            setCopied('no');
          }}
        >
          With the result: {percent(result.testAccuracy, 2)} on {backendLabel(result.backend.name)}
        </Switch>
      ) : null}
      <p aria-live="polite" className={copied === 'failed' ? '' : 'visually-hidden'}>
        {copied === 'yes' ? 'The link was copied.' : copied === 'failed' ? 'The browser blocked copying: select the link and copy it.' : ''}
      </p>
      <Contents experiment={experiment} />
    </Modal>
  );
}

function Contents({ experiment }: { readonly experiment: Experiment }) {
  const { data, model, seed, stages } = experiment;
  return (
    <dl className="share-holds">
      <dt>Data</dt>
      <dd>
        {data.dataset === 'own'
          ? `your own files, by checksum ${data.checksum.slice(0, 12)}…; whoever opens the link needs the same files`
          : datasetLabel(data.dataset)}
      </dd>
      <dt>Model</dt>
      <dd>{modelDefinition(model.id).label}</dd>
      <dt>Seed</dt>
      <dd>{seed}</dd>
      {stages.map((stage, index) => (
        <StageLine
          // biome-ignore lint/suspicious/noArrayIndexKey: a stage is its place in the program.
          key={index}
          number={index + 1}
          text={stageDefinition(stage.kind).sentence(stage)}
          on={stage.on}
          label={stageDefinition(stage.kind).label}
        />
      ))}
    </dl>
  );
}

function StageLine({
  number,
  label,
  text,
  on,
}: {
  readonly number: number;
  readonly label: string;
  readonly text: string;
  readonly on: boolean;
}) {
  return (
    <>
      <dt>
        {number} {label}
      </dt>
      <dd>
        {text}
        {on ? '' : ' (off)'}
      </dd>
    </>
  );
}
