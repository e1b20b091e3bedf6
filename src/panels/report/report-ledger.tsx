import type { KeptRun } from '../../experiment/results/kept-run';
import { count, fixed, percent, plural, times } from '../../numerics/format';
import { bitsPerWeight, compressionRate } from '../../numerics/ledger';
import { ledgerRows } from './report-facts';
import { ReportTable } from './report-table';

/** Every bit of the model file, and the codes that the tensors use. */
export function ReportLedger({ run: { record } }: { readonly run: KeptRun }) {
  const { ledger, codes } = record;
  const { rows, sum, problem } = ledgerRows(ledger);
  return (
    <>
      <section className="report-section">
        <h3>Ledger</h3>
        <ReportTable
          label="Where the bits go"
          head={['part of the file', 'bits', 'share']}
          rows={rows.map(({ name, bits }) => [name, count(bits), percent(bits / sum)])}
          sum={[`sum, ${plural(sum / 8, 'byte')}`, count(sum), percent(1)]}
        />
        {problem ? <p className="report-problem">{problem}</p> : null}
        <p>
          The model file has {plural(ledger.totalBits / 8, 'byte')}, everything in it counted: weights, scales, biases, statistics, header.
          Compression rate: 32 bits for every number of the model over the bits of the file, {count(ledger.denseBits)} /{' '}
          {count(ledger.totalBits)} = {times(compressionRate(ledger))}. Bits per weight: all bits of the file over the{' '}
          {plural(ledger.weights, 'weight')} of the kernels, {fixed(bitsPerWeight(ledger), 3)}.
        </p>
      </section>
      {codes ? (
        <section className="report-section">
          <h3>Codes</h3>
          <ReportTable
            label="Codes in use"
            head={['tensor', 'distinct codes', 'lowest', 'highest']}
            rows={Object.entries(codes.tensors).map(([name, use]) => [
              name,
              count(use.uniqueCodes),
              count(use.codeMin),
              count(use.codeMax),
            ])}
            sum={['all tensors', count(codes.uniqueCodes), count(codes.codeMin), count(codes.codeMax)]}
          />
        </section>
      ) : null}
    </>
  );
}
