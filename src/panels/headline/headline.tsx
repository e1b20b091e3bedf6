import { Download } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Experiment } from '../../experiment/types/experiment';
import { useExperiment } from '../../state/experiment/experiment-store';
import { exportModel } from '../../state/lab';
import { useShownKind, useShownRun, useShownStages } from '../../state/recorded/recorded-run';
import { notify } from '../../state/run/run-store';
import { Button } from '../../ui/button';
import { HelpLabel } from '../../ui/help';
import { saveFile } from '../../ui/save-file';
import { usePinnedBaseline } from '../pinned-baseline';
import './headline.css';
import { type Figure, figures, fileIsNewer, floatBaseline } from './headline-figures';

const HELP = {
  accuracy:
    'Share of all test images that the network classifies correctly, measured at the end of a stage. The change is relative to the pinned baseline, or else to the last float32 model of this program.',
  bits: 'Bits of the model file divided by the number of weights. Scales, biases and header count too, so a float32 model has slightly more than 32.',
  smaller: 'Times smaller: 32 bits for every number of the model, divided by the bits of the whole file: weights, scales, biases, header.',
  file: 'Size of the downloaded model file. It equals the sum of the ledger, bit for bit.',
};

export interface HeadlineProps {
  /** Name of the model's file, without its extension. */
  readonly fileName: (experiment: Experiment) => string;
}

/** The four numbers that say what compression cost and what it gave. */
export function Headline({ fileName }: HeadlineProps) {
  const stages = useShownStages();
  const test = useShownRun((s) => s.test);
  const tests = useShownRun((s) => s.tests);
  const summaries = useShownRun((s) => s.summaries);
  const ledger = useShownRun((s) => s.ledger);
  const ledgerStage = useShownRun((s) => s.inspection?.stage ?? null);
  const validation = useShownRun((s) => s.evaluation?.accuracy ?? null);
  const testStage = test ? Math.max(...Object.keys(tests).map(Number)) : null;
  const baseline = usePinnedBaseline();
  const pinned = baseline && {
    testAccuracy: baseline.sameData ? baseline.run.record.testAccuracy : null,
    ledger: baseline.run.record.ledger,
  };
  const float = floatBaseline(stages, tests, summaries);
  const measured = { program: stages, test, testStage, baseline: float, ledger, ledgerStage, validation, pinned };
  const shown = figures(measured);
  const kind = useShownKind();
  // While a stage runs, its file is counted but not yet written: what could be downloaded is the one before.
  const written = kind === 'live' && ledger !== null && test !== null && !fileIsNewer(measured);
  return (
    <section className="headline tabular" aria-label="Results in four numbers">
      <FigureBox title="Test accuracy" label="test accuracy" help={HELP.accuracy} figure={shown.accuracy} />
      <FigureBox title="Bits per weight" label="bits per weight" help={HELP.bits} figure={shown.bitsPerWeight} />
      <FigureBox
        title="Times smaller"
        label="smaller than float32"
        help={HELP.smaller}
        figure={shown.smaller}
        formula="\frac{32 \cdot \text{numbers}}{\text{bits of the file}}"
      />
      <FigureBox title="File size" label="file" help={HELP.file} figure={shown.file}>
        {written ? <DownloadButton fileName={fileName} /> : null}
      </FigureBox>
    </section>
  );
}

interface NumberProps {
  readonly title: string;
  readonly label: string;
  readonly help: string;
  readonly formula?: string;
  readonly figure: Figure;
  readonly children?: ReactNode;
}

function FigureBox({ title, label, help, formula, figure, children }: NumberProps) {
  return (
    <div className={figure.value === '–' ? 'headline-empty' : figure.earlier ? 'headline-earlier' : ''}>
      <p className="headline-value">
        {figure.value}
        {figure.value === '–' ? <span className="visually-hidden">not measured yet</span> : null}
        {figure.unit ? <small>{figure.unit}</small> : null}
      </p>
      <div className="headline-label">
        <div className="headline-what">
          <HelpLabel title={title} help={help} formula={formula}>
            {label}
          </HelpLabel>
          {figure.note ? children : null}
        </div>
        {figure.note ? <span className="headline-note">{figure.note}</span> : children}
      </div>
    </div>
  );
}

function DownloadButton({ fileName }: HeadlineProps) {
  const [busy, setBusy] = useState(false);
  const download = async () => {
    setBusy(true);
    try {
      saveFile(
        Uint8Array.from(await exportModel()),
        `${fileName(useExperiment.getState().experiment)}.fewbits`,
        'application/octet-stream',
      );
    } catch (error) {
      notify('danger', 'The model file could not be created.', error instanceof Error ? error.message : '');
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      variant="quiet"
      className="headline-download"
      isDisabled={busy}
      onPress={download}
      tip="Download the model file and count its bytes"
    >
      <Download size={13} aria-hidden />
      download
    </Button>
  );
}
