import { StillWeights } from '../../charts/still-weights';
import type { KeptRun } from '../../experiment/results/kept-run';

/** The weights of every layer at the end of the run. */
export function ReportWeights({ run: { weights } }: { readonly run: KeptRun }) {
  return (
    <section className="report-section">
      <h3>Weights</h3>
      {weights && weights.length > 0 ? (
        <>
          <p>At the end of the run. Heights are densities, the share of the layer per unit of weight; every layer has axes of its own.</p>
          <div className="report-pictures">
            {weights.map((layer) => (
              <StillWeights key={layer.layer} layer={layer.layer} weights={layer} />
            ))}
          </div>
        </>
      ) : (
        <p>They were not kept with this run: an older page made it. Run it again to see them.</p>
      )}
    </section>
  );
}
