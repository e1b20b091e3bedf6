import type { Network } from '../nn/network';
import { disposeView, removeView } from '../views/view';

/** Takes every quantizer away, of parameters, activations and gradients; masks stay. */
export function removeQuantizers(network: Network): void {
  for (const { views } of network.parameters) removeView(views, 'quantizer');
  for (const place of network.products) {
    if (place.input) disposeView(place.input);
    place.input = undefined;
    place.gradient = undefined;
  }
}
