import { RotateCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { OpenFiles } from '../panels/open-files';
import { dismissUrlTrouble, useExperiment } from '../state/experiment/experiment-store';
import { restart, retryData } from '../state/lab';
import { dismissRestarted, undoRestart, useRestarted, watchEdits } from '../state/run/restarted';
import { dismissNotice, useRun } from '../state/run/run-store';
import { Button } from '../ui/button';
import { CopyButton } from '../ui/copy-button';
import { Notice } from '../ui/notice';
import './notices.css';

/** What a person should know, under the run bar: nothing of it covers the page, and all of it says what can be done. */
export function Notices() {
  const notices = useRun((s) => s.notices);
  return (
    <div className="notices">
      <FatalNotice />
      <UrlNotice />
      <BackendNotice />
      <DataNotice />
      <RestartedNotice />
      {notices.map(({ id, tone, message, detail }) => (
        <Notice key={id} tone={tone} onDismiss={() => dismissNotice(id)}>
          <p>{message}</p>
          {detail ? <p>{detail}</p> : null}
        </Notice>
      ))}
    </div>
  );
}

function FatalNotice() {
  const fatal = useRun((s) => s.fatal);
  if (fatal === null) return null;
  return (
    <Notice
      tone="danger"
      actions={
        <>
          <CopyButton text={location.href} name="Address of the experiment">
            Copy the experiment's address
          </CopyButton>
          <Button small onPress={() => restart()}>
            <RotateCw size={13} aria-hidden />
            Restart the engine
          </Button>
        </>
      }
    >
      <p>{fatal}</p>
      <p>The experiment is safe: the address contains all of it.</p>
    </Notice>
  );
}

/** That an edit started the stage again that was training, until that run is over. */
function RestartedNotice() {
  useEffect(watchEdits, []);
  const shown = useRestarted((s) => s.shown);
  const done = useRun((s) => s.status === 'done');
  if (!shown || done) return null;
  return (
    <Notice
      onDismiss={dismissRestarted}
      actions={
        <Button small onPress={undoRestart}>
          Undo
        </Button>
      }
    >
      <p>{shown.message}</p>
    </Notice>
  );
}

/** Each thing in the link that could not be taken as it was, and the link itself, so that nothing is lost. */
function UrlNotice() {
  const trouble = useExperiment((s) => s.urlTrouble);
  if (!trouble) return null;
  return (
    <Notice
      tone="warning"
      onDismiss={dismissUrlTrouble}
      actions={
        <CopyButton text={`${location.origin}${location.pathname}#${trouble.original}`} name="The original link">
          Copy the original link
        </CopyButton>
      }
    >
      <p>Parts of this link could not be read. The nearest valid experiment is shown.</p>
      <ul>
        {trouble.problems.map(({ field, message }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes.
          <li key={index}>
            <strong>{field}</strong>: {message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function BackendNotice() {
  const backend = useRun((s) => s.backend);
  const forced = useExperiment((s) => s.rest.backend !== undefined);
  const [dismissed, setDismissed] = useState('');
  // Another fallback has other reasons and is shown again.
  const reasons = backend?.reasons.join(' ') ?? '';
  if (!backend || reasons === '' || forced || reasons === dismissed) return null;
  const slower = backend.name === 'cpu' ? 'much more slowly' : 'more slowly';
  return (
    <Notice onDismiss={() => setDismissed(reasons)}>
      <p>{reasons}</p>
      <p>Everything works without it, {slower}.</p>
    </Notice>
  );
}

function DataNotice() {
  const problem = useRun((s) => s.dataProblem);
  if (!problem) return null;
  return (
    <Notice
      tone={problem.wantsFiles ? 'info' : 'danger'}
      actions={
        <>
          {problem.wantsFiles ? null : (
            <Button small onPress={retryData}>
              <RotateCw size={13} aria-hidden />
              Try again
            </Button>
          )}
          <OpenFiles />
        </>
      }
    >
      <p>{problem.message}</p>
      <p>IDX files (.gz or not), CIFAR in binary layout and archives of JPEG folders can also be dropped anywhere on this page.</p>
    </Notice>
  );
}
