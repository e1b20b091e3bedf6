import { checkViewContract } from '../testing/view-contract';
import { steView } from './ste';

for (const bits of [2, 4])
  checkViewContract({ name: `STE, ${bits} bits`, factory: steView as never, values: { bits }, gradient: (_latent, dy) => dy });
