import { type ImageShape, type LayerSpec, shapedLayers } from './layers';
import { heldShape } from './skip';

/** Why the sums of a residual network cannot be computed, as a sentence; null if they can. */
export function sumProblem(layers: readonly LayerSpec[], input: ImageShape): string | null {
  const held = new Map<string, string>();
  for (const { layer, input: shape } of shapedLayers(layers, input)) {
    if (layer.type === 'skip') held.set(layer.name, String(heldShape(layer, shape)));
    if (layer.type !== 'add') continue;
    const kept = held.get(layer.from);
    if (kept === undefined) return `A layer adds what ${layer.from} holds, but no layer of that name comes before it.`;
    if (kept !== String(shape)) return `A layer adds what ${layer.from} holds, which has another shape than its input.`;
  }
  return null;
}
