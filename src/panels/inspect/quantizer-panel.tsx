import { FlipsTrace } from '../../charts/quantizer/flips-trace';
import { GradientXray } from '../../charts/quantizer/gradient-xray';
import { GranularityMap } from '../../charts/quantizer/granularity-map';
import { QuantizerAnatomy } from '../../charts/quantizer/quantizer-anatomy';
import { ScalePath } from '../../charts/quantizer/scale-path';
import { ChartFrame } from '../../charts/shared/chart-frame';
import type { InspectionHistory, InspectionPoint } from '../../experiment/results/inspection-history';
import type { LayerInspection } from '../../experiment/types/events';
import type { QuantizerInspection } from '../../numerics/inspection/quantizer-inspection';
import { plural } from '../../numerics/measures/number-words';
import { useStandingRun } from '../../state/recorded/recorded-run';
import { useUi } from '../../state/ui/ui-store';
import { HelpLabel, type HelpText } from '../../ui/help';
import { LayerChooser } from '../layer-chooser';
import styles from './quantizer.module.css';

const none = [] as const;

/** The tab that takes a layer's quantizer apart. */
export function QuantizerPanel() {
  const layers = useStandingRun((s) => s.inspection?.layers ?? none);
  const history = useStandingRun((s) => s.history);
  const { selectedLayer, selectLayer } = useUi();
  return <QuantizerView layers={layers} history={history} selectedLayer={selectedLayer} onSelectLayer={selectLayer} />;
}

export interface QuantizerViewProps {
  readonly layers: readonly LayerInspection[];
  readonly history: InspectionHistory;
  /** The middle column shows the same layer. */
  readonly selectedLayer: string;
  readonly onSelectLayer: (layer: string) => void;
}

/** One layer's quantizer in five pictures, on the layer's own weights. */
export function QuantizerView({ layers, history, selectedLayer, onSelectLayer }: QuantizerViewProps) {
  const layer = layers.find((l) => l.layer === selectedLayer) ?? layers[0];
  return (
    <div className={styles.quantizer}>
      {layer && (
        <header className={styles.header}>
          <LayerChooser layers={layers.map((l) => l.layer)} selected={layer.layer} onSelect={onSelectLayer} />
          <span>{layer.quantizer ? inWords(layer.quantizer) : 'stored as 32-bit floats'}</span>
        </header>
      )}
      {layer?.quantizer ? (
        <Pictures layer={layer.layer} quantizer={layer.quantizer} history={history[layer.layer] ?? []} />
      ) : (
        <Nothing text={!layer ? NOTHING : layers.some((l) => l.quantizer) ? EXEMPT : FLOAT} />
      )}
      <p className={styles.helps}>
        {helps.map(({ label, ...help }) => (
          <HelpLabel key={label} {...help} className={styles.help}>
            {label}
          </HelpLabel>
        ))}
      </p>
    </div>
  );
}

interface PicturesProps {
  readonly layer: string;
  readonly quantizer: QuantizerInspection;
  readonly history: readonly InspectionPoint[];
}

function Pictures({ layer, quantizer, history }: PicturesProps) {
  const { group, groups, shown, weights, dead, scale, map, overheadBits } = quantizer;
  return (
    <div className={styles.pictures}>
      <QuantizerAnatomy layer={layer} group={group} groups={groups} shown={shown} spacing={scale?.current.scale ?? null} />
      <GradientXray layer={layer} group={group} weights={weights} dead={dead} />
      <FlipsTrace layer={layer} inspections={history} />
      <ScalePath layer={layer} curve={scale} inspections={history} groups={groups} shown={shown} />
      <GranularityMap layer={layer} map={map} weights={weights} overheadBits={overheadBits} />
    </div>
  );
}

/** The staircase that is to come, with what has to happen for it. */
function Nothing({ text }: { readonly text: string }) {
  const ghost = 'M0 56H14V45H28V34H43V26H57V17H72V8H100';
  return (
    <ChartFrame height="content" title="Rounding curve" summary="" table={() => ({ head: [], rows: [] })} empty={{ text, ghost }}>
      {null}
    </ChartFrame>
  );
}

const NOTHING = 'Press Play. After a quantize stage, this shows how a layer is rounded.';
const FLOAT = 'No stage has quantized the weights yet. After a quantize stage, this shows how a layer is rounded.';
const EXEMPT = 'This layer is not quantized. Choose another one.';

const helps: readonly (HelpText & { readonly label: string })[] = [
  {
    label: 'Surrogate gradients',
    title: 'Surrogate gradients',
    help: 'The rounding curve is flat between its jumps, so its true gradient is 0 almost everywhere, and no weight would move. Training uses a surrogate gradient instead: 1, as if nothing were rounded (STE), often 0 beyond the clipping range, or the slope of a smooth staircase. The picture shows the gradient that each weight receives if every stored weight has the gradient 1.',
    formula: '\\frac{\\partial \\hat w}{\\partial w} = 0 \\text{ almost everywhere},\\qquad \\frac{\\partial \\hat w}{\\partial w} := 1',
    source: 'Bengio, Léonard and Courville 2013, arXiv 1308.3432',
  },
  {
    label: 'Oscillating weights',
    title: 'Oscillating weights',
    help: 'If the best value of a weight lies between two levels, the gradients of both levels push it across the border, back and forth. Such weights add noise to training and disturb the statistics of batch norm. A weight counts as going back and forth when its level changes against the direction of its last change. Levels are compared from one inspection to the next, so changes in between are not seen.',
    source: 'Nagel, Fournarakis, Bondarenko and Blankevoort 2022, arXiv 2203.11086',
  },
  {
    label: 'The best scale',
    title: 'The best scale',
    help: 'A small scale clips the large weights, a large scale rounds all weights coarsely; the least mean squared error lies between. Min-max is the smallest scale that clips nothing, the 99.9th percentile the smallest that clips at most one weight in a thousand. The curve rounds a sample of the weights as the layer does; for stochastic rounding it shows the mean. The filled point is the current scale. The scale with the least error need not give the best accuracy. The thesis’s learned scale does not limit its codes: it clips nothing, and a smaller scale always has less error but more codes.',
    formula: 'E(s) = \\operatorname{mean}\\,(w - s\\cdot\\operatorname{clip}(\\operatorname{round}(w/s)))^2',
  },
];

const kinds: Readonly<Record<QuantizerInspection['kind'], string>> = {
  uniform: 'evenly spaced levels',
  codebook: 'a codebook',
  basis: 'sums of a basis',
  format: 'a number format',
};

function inWords({ kind, bits, weights, scale }: QuantizerInspection): string {
  return `${plural(weights, 'weight')}, ${plural(bits, 'bit')}, ${kinds[scale ? 'uniform' : kind]}`;
}
