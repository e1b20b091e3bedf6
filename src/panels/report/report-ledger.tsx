import { StillWeights } from '../../charts/weights/still-weights';
import type { KeptRun } from '../../experiment/results/kept-run';
import { bitsPerWeight, compressionRate } from '../../numerics/measures/ledger';
import { count, fixed, percent, plural, times } from '../../numerics/measures/number-words';
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
          The model file has {plural(ledger.totalBits / 8, 'byte')}, including weights, scales, biases, statistics and header. Compression
          rate: 32 bits for every number of the model ÷ bits of the file, {count(ledger.denseBits)} / {count(ledger.totalBits)} ={' '}
          {times(compressionRate(ledger))}. Bits per weight: all bits of the file ÷ the {plural(ledger.weights, 'weight')} of the kernels,{' '}
          {fixed(bitsPerWeight(ledger), 3)}.
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

/** The weights of every layer at the end of the run. */
export function ReportWeights({ run: { weights } }: { readonly run: KeptRun }) {
  return (
    <section className="report-section">
      <h3>Weights</h3>
      {weights && weights.length > 0 ? (
        <>
          <p>At the end of the run. Heights are densities: share of the layer per unit of weight. Every layer has its own axes.</p>
          <div className="report-pictures">
            {weights.map((layer) => (
              <StillWeights key={layer.layer} layer={layer.layer} weights={layer} />
            ))}
          </div>
        </>
      ) : (
        <p>An older version saved this run without them. Run it again to see them.</p>
      )}
    </section>
  );
}
