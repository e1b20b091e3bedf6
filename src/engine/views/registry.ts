import type { QuantizeStage } from '../../experiment/types';
import { binaryConnectView } from './binary-connect';
import { binaryRelaxView } from './binary-relax';
import { bwnView } from './bwn';
import { codebookView } from './codebook';
import { dorefaView } from './dorefa';
import { dsqView } from './dsq';
import { formatView } from './format';
import { lqNetsView } from './lq-nets';
import { lsqView } from './lsq';
import { noiseView } from './noise';
import { powerOfTwoView } from './power-of-two';
import { proxQuantView } from './prox-quant';
import { qilView } from './qil';
import { softRoundView } from './soft-round';
import { steView } from './ste';
import { thesisView } from './thesis';
import { ttqView } from './ttq';
import { twnView } from './twn';
import type { ViewFactory } from './view';
import { waveqView } from './waveq';
import { wrpnView } from './wrpn';

/** Views by quantizer id. A new quantizer is one file and one line here (and its table in experiment/quantizers). */
const views: Readonly<Record<string, ViewFactory<never>>> = {
  ste: steView,
  lsq: lsqView,
  dorefa: dorefaView,
  wrpn: wrpnView,
  qil: qilView,
  ttq: ttqView,
  thesis: thesisView,
  waveq: waveqView,
  'soft-round': softRoundView,
  dsq: dsqView,
  'prox-quant': proxQuantView,
  'binary-relax': binaryRelaxView,
  noise: noiseView,
  format: formatView,
  'binary-connect': binaryConnectView,
  bwn: bwnView,
  twn: twnView,
  'lq-nets': lqNetsView,
  codebook: codebookView,
  'power-of-two': powerOfTwoView,
};

/** @throws RangeError for an id without an implementation */
export function viewFactory(method: string): ViewFactory<QuantizeStage> {
  if (!Object.hasOwn(views, method)) throw new RangeError(`There is no quantizer called "${method}".`);
  return views[method] as unknown as ViewFactory<QuantizeStage>;
}
