import { FolderOpen } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { StorageCompare } from '../../charts/ledger/storage-compare';
import { openModelFile, readRunFile, useModelFile } from '../../state/model-file/model-file-store';
import { Button } from '../../ui/button';
import { Place } from '../../ui/place';
import { FileFacts } from './file-facts';
import { LayerPictures } from './layer-pictures';
import styles from './model-file.module.css';

interface Props {
  readonly onClose: () => void;
}

/** The model file taken apart: what it holds, what it measures, and what the same model takes in other storages. */
export function ModelFilePlace({ onClose }: Props) {
  const { name, status, report, problem } = useModelFile();
  const heading = useRef<HTMLHeadingElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    heading.current?.focus();
    // What was dropped is there already, or on its way.
    if (useModelFile.getState().name === '' || useModelFile.getState().status === 'none') void readRunFile();
  }, []);
  return (
    <Place id="model-file" title="Model file" heading={heading} onClose={onClose}>
      <div className={styles.columns}>
        <div className={styles.facts}>
          <div className="button-row">
            <input
              ref={input}
              type="file"
              hidden
              accept=".fewbits"
              aria-label="Model file"
              onChange={(event) => {
                const file = event.target.files?.[0];
                if (file) void openModelFile(file);
                // The same file may be chosen again.
                event.target.value = '';
              }}
            />
            <Button small onPress={() => input.current?.click()} tip="A .fewbits file. You can also drop one anywhere on this page.">
              <FolderOpen size={13} aria-hidden />
              Open a model file
            </Button>
            <Button small onPress={() => void readRunFile()}>
              {name === '' && status === 'ready' ? 'Read it again' : 'File of the current run'}
            </Button>
          </div>
          <p className={styles.note} role="status">
            {statusText(status, name)} {problem}
          </p>
          {report ? <FileFacts report={report} /> : null}
        </div>
        <div className={styles.pictures}>
          {report ? (
            <>
              <StorageCompare bars={report.storages} weights={report.ledger.weights} own={report} denseBits={report.ledger.denseBits} />
              <LayerPictures layers={report.layers} />
            </>
          ) : null}
        </div>
      </div>
    </Place>
  );
}

function statusText(status: 'none' | 'reading' | 'ready' | 'failed', name: string): string {
  const what = name === '' ? 'the file of the current run' : name;
  if (status === 'reading') return `Reading ${what}, and storing its model in every way…`;
  if (status === 'ready') return `This is ${what}.`;
  return status === 'failed' && name !== '' ? `${name} cannot be opened.` : '';
}
