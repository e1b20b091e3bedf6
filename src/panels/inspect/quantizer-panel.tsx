import { useRun } from '../../state/run-store';
import { useUi } from '../../state/ui-store';
import { QuantizerView } from './quantizer-view';

const none = [] as const;

/** The tab that takes a layer's quantizer apart. */
export function QuantizerPanel() {
  const layers = useRun((s) => s.inspection?.layers ?? none);
  const looks = useRun((s) => s.looks);
  const { selectedLayer, selectLayer } = useUi();
  return <QuantizerView layers={layers} looks={looks} selectedLayer={selectedLayer} onSelectLayer={selectLayer} />;
}
