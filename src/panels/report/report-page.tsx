import type { ReactNode } from 'react';
import { describeExperiment } from '../../experiment/program/describe';
import type { KeptRun } from '../../experiment/results/kept-run';
import { bitsPerWeight, compressionRate } from '../../numerics/measures/ledger';
import { bytesShort, count, duration, fixed, percent, times } from '../../numerics/measures/number-words';
import { backendLabel, runDate, runTitle } from '../labels';
import { originSentence, remake } from './report-facts';
import { ReportLedger, ReportWeights } from './report-ledger';
import { ReportProgram } from './report-program';
import { ReportResults } from './report-results';

/** The page itself: nothing on it but what the run has measured and what it was given. */
export function ReportPage({ run }: { readonly run: KeptRun }) {
  return (
    <article className="report">
      <header className="report-head">
        <h3 className="report-title">{runTitle(run)}</h3>
        <p>{describeExperiment(run.record.experiment)}.</p>
        {run.note ? <p className="report-note">{run.note}</p> : null}
      </header>
      <FourNumbers run={run} />
      <Facts run={run} />
      <ReportProgram run={run} />
      <ReportResults run={run} />
      <ReportWeights run={run} />
      <ReportLedger run={run} />
      <Again run={run} />
    </article>
  );
}

function FourNumbers({ run: { record } }: { readonly run: KeptRun }) {
  const { ledger } = record;
  const figures = [
    [percent(record.testAccuracy, 2), 'test accuracy'],
    [fixed(bitsPerWeight(ledger), 2), 'bits per weight'],
    [times(compressionRate(ledger)), 'smaller than float32'],
    [bytesShort(ledger.totalBits / 8), 'model file'],
  ] as const;
  return (
    <dl className="report-figures" aria-label="Results in four numbers">
      {figures.map(([value, label]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Facts({ run }: { readonly run: KeptRun }) {
  const { record } = run;
  const { backend } = record;
  const link = `${location.origin}${location.pathname}${record.url}`;
  return (
    <dl className="report-facts">
      <Fact name="Date">{runDate(run)}</Fact>
      <Fact name="Origin">{originSentence(run)}</Fact>
      <Fact name="Backend">
        {[backendLabel(backend.name), backend.adapter].filter(Boolean).join(' · ')}
        {backend.reasons.length > 0 ? `. ${backend.reasons.join(' ')}` : ''}
      </Fact>
      <Fact name="Seed">{String(record.seed)}</Fact>
      <Fact name="Training steps">{count(record.steps)}</Fact>
      <Fact name="Time">{duration(record.seconds)}</Fact>
      <Fact name="Link">
        <a href={link}>{link}</a>
      </Fact>
    </dl>
  );
}

function Again({ run }: { readonly run: KeptRun }) {
  const { command, words } = remake(run);
  return (
    <section className="report-section">
      <h3>Reproduce</h3>
      {command === null ? null : <pre className="report-command">{command}</pre>}
      <p>{words}</p>
      <dl className="report-facts">
        <Fact name="Digest">
          <span className="report-digest">{run.record.digest}</span> SHA-256 of the model file and the test predictions: equal digests,
          equal results.
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
