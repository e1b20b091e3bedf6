import type { QuantizeStage } from '../../experiment/types';
import { steView } from './ste';
import type { ViewFactory } from './view';

/** Views by quantizer id. A new quantizer is one file and one line here (and its table in experiment/quantizers). */
const views: Readonly<Record<string, ViewFactory<never>>> = { ste: steView };

/** @throws RangeError for an id without an implementation */
export function viewFactory(method: string): ViewFactory<QuantizeStage> {
  if (!Object.hasOwn(views, method)) throw new RangeError(`There is no quantizer called "${method}".`);
  return views[method] as unknown as ViewFactory<QuantizeStage>;
}
