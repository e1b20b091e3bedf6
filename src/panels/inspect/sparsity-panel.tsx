import { ChartFrame } from '../../charts/shared/chart-frame';
import { SurvivorMap } from '../../charts/sparsity/survivor-map';
import { Survivors } from '../../charts/sparsity/survivors';
import { UnitSurvivors } from '../../charts/sparsity/unit-survivors';
import { WeightMatrix } from '../../charts/sparsity/weight-matrix';
import { stepName } from '../../experiment/program/unroll';
import type { Stage } from '../../experiment/types/experiment';
import { useShownStages, useStandingRun } from '../../state/recorded/recorded-run';
import type { Inspection } from '../../state/run/run-state';
import { useRun } from '../../state/run/run-store';
import { useUi } from '../../state/ui/ui-store';
import { LayerChooser } from '../layer-chooser';
import { type SeenLayer, seenLayers } from './prune-target';
import { PruneThreshold } from './prune-threshold';
import { mostSparse, sparseWords } from './sparse-words';
import styles from './sparsity-panel.module.css';

const GHOST = 'M0 58C6 58 8 8 14 8S30 40 44 50S80 58 100 58 M40 60V4';

/** The tab about pruning: which weights are gone, where a threshold would cut, what is left. */
export function SparsityPanel() {
  const inspection = useStandingRun((s) => s.inspection);
  const inspections = useStandingRun((s) => s.inspections);
  const stages = useShownStages();
  const dataset = useRun((s) => s.dataset);
  const { selectedLayer, selectLayer } = useUi();
  const layers = seenLayers(inspection?.layers ?? []);
  const at = Math.max(
    0,
    layers.findIndex(({ layer }) => layer === selectedLayer),
  );
  const layer = layers[at];
  if (!layer || !inspection) {
    const text = inspection ? EMPTY_RECORDED : EMPTY;
    return (
      <ChartFrame height="content" title="Weight matrix" summary="" table={() => ({ head: [], rows: [] })} empty={{ text, ghost: GHOST }}>
        {null}
      </ChartFrame>
    );
  }
  const { tone, text } = sparseWords(
    layers.map(({ sparsity }) => sparsity),
    sparsestBefore(inspections, inspection.stage, stages, layers),
  );
  return (
    <div className={styles.sparsity}>
      <p className={styles.still} data-tone={tone} role="status">
        {text}
      </p>
      <div className={styles.pictures}>
        <WeightMatrix
          layer={{ layer: layer.layer, ...layer.sparsity }}
          tools={layers.length > 1 && <LayerChooser layers={layers.map((l) => l.layer)} selected={layer.layer} onSelect={selectLayer} />}
        />
        <PruneThreshold current={inspection} layer={layer.layer} />
        <Survivors layers={layers.map(({ layer: name, sparsity }) => ({ ...sparsity, layer: name }))} />
        <OfInputs layer={layer} first={at === 0} image={dataset} />
      </div>
    </div>
  );
}

interface OfInputsProps {
  readonly layer: SeenLayer;
  readonly first: boolean;
  readonly image: { readonly width: number; readonly height: number; readonly channels: number } | null;
}

/** What is left of each pixel where the first layer sees the image; of each filter of a convolution; of each unit of another layer. */
function OfInputs({ layer: { layer, shape, sparsity }, first, image }: OfInputsProps) {
  const { inputs, outputs, weights } = sparsity;
  const [pixels, channels] = [image ? image.width * image.height : 0, image?.channels ?? 1];
  if (first && image && shape.length === 2 && inputs.length === pixels * channels) {
    const kept = Uint32Array.from({ length: pixels }, (_, p) => {
      let sum = 0;
      for (let c = 0; c < channels; c++) sum += inputs[p * channels + c] ?? 0;
      return sum;
    });
    return <SurvivorMap layer={layer} kept={kept} width={image.width} height={image.height} />;
  }
  const noun = shape.length === 4 ? 'filter' : 'unit';
  return <UnitSurvivors layer={layer} kept={outputs} of={weights / outputs.length} noun={noun} />;
}

/** The sparsest stage before this one, with its name. */
function sparsestBefore(
  inspections: Readonly<Record<number, Inspection>>,
  before: number,
  stages: readonly Stage[],
  now: readonly SeenLayer[],
) {
  const counted = (layers: readonly SeenLayer[]) => layers.map(({ sparsity }) => sparsity);
  const earlier = Object.values(inspections).filter(({ stage }) => stage < before);
  const most = mostSparse(
    earlier.map(({ stage, layers }) => ({ stage, layers: counted(seenLayers(layers)) })),
    counted(now),
  );
  return most && { share: most.share, stage: stepName(stages, most.stage) };
}

const EMPTY = 'Press Play. This shows which weights are pruned, and where a threshold would cut.';
const EMPTY_RECORDED = 'Recordings do not hold every weight. Run the experiment yourself to see which weights are pruned.';
