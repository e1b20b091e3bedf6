import { RotateCw, X } from 'lucide-react';
import { useRef } from 'react';
import { dataSettings } from '../../experiment/methods/data';
import { setDataValue } from '../../experiment/program/edit';
import { bytesShort, count, percent } from '../../numerics/measures/number-words';
import { edit, useExperiment } from '../../state/experiment/experiment-store';
import { retryData, send } from '../../state/lab';
import { useRun } from '../../state/run/run-store';
import { Button } from '../../ui/button';
import { BlockRow } from '../block-row';
import { datasetLabel } from '../labels';
import { OpenFiles } from '../open-files';
import { SettingForm } from '../settings-form';
import { SampleStrip } from './sample-strip';

/** Dataset, pixels, a person's own files; the first images are always in sight. */
export function DataCard() {
  const experiment = useExperiment((s) => s.experiment);
  const dataset = useRun((s) => s.dataset);
  const progress = useRun((s) => s.dataProgress);
  const problem = useRun((s) => s.dataProblem);
  const { data } = experiment;
  const loadedShare = progress && progress.totalBytes > 0 ? progress.loadedBytes / progress.totalBytes : 0;
  const files = useRef<HTMLInputElement>(null);
  const current = dataset && dataset.id === data.dataset ? dataset : null;
  const name = current?.name ?? datasetLabel(data.dataset);
  return (
    <BlockRow
      label="Data"
      value={
        <>
          {name}{' '}
          <small>{progress ? `· reading, ${percent(loadedShare, 0)}` : current ? `· ${count(current.trainCount)} images` : ''}</small>
        </>
      }
      below={<SampleStrip dataset={current} />}
    >
      <SettingForm
        table={dataSettings}
        values={data}
        onChange={(key, value) => {
          // Own data is named by what is in the files, so choosing it asks for them.
          if (key === 'dataset' && value === 'own' && data.dataset !== 'own') files.current?.click();
          else edit(setDataValue(experiment, key, value));
        }}
      />
      {current ? (
        <p className="block-row-note">
          {current.width} × {current.height} pixels{current.channels === 3 ? ', colour' : ''}, {current.classes.length} classes. Test
          accuracy is measured on all {count(current.testCount)} test images.
        </p>
      ) : null}
      {current?.notices?.map((sentence) => (
        <p key={sentence} className="block-row-note">
          {sentence}
        </p>
      ))}
      {progress ? (
        <p className="block-row-note">
          Reading {progress.name}: {bytesShort(progress.loadedBytes)} of {bytesShort(progress.totalBytes)}
          {progress.photos ? `; ${count(progress.photos.decoded)} pictures decoded, ${count(progress.photos.skipped)} files skipped` : ''}.
        </p>
      ) : null}
      {problem ? <p className="block-row-problem">{problem.message}</p> : null}
      <div className="button-row">
        <OpenFiles input={files} />
        {progress?.photos ? (
          <Button small onPress={() => send({ type: 'cancelFiles' })}>
            <X size={13} aria-hidden />
            Stop reading
          </Button>
        ) : null}
        {problem && !problem.wantsFiles ? (
          <Button small onPress={retryData}>
            <RotateCw size={13} aria-hidden />
            Try again
          </Button>
        ) : null}
      </div>
    </BlockRow>
  );
}
