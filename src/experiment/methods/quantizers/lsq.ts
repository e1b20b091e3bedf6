import type { Method } from '../../settings/setting';
import { actBitsSetting, actPhrase, actRateSetting } from './activation-settings';
import { quantizerRateSetting } from './learned';
import { bitsPhrase, bitsSetting, granularityPhrase, granularitySetting, groupChannelsSetting, groupSizeSetting } from './weight-settings';

/** Uniform quantizer whose step is trained with the weights. */
export const lsq: Method = {
  id: 'lsq',
  label: 'Learned step (LSQ)',
  help: 'The step is trained like a weight: its gradient shows whether a finer or a coarser step lowers the loss. It starts at twice the mean magnitude ÷ √Q_P. With 8 bits this range is very wide: 18 standard deviations of normal weights.',
  formula:
    '\\hat w = s\\operatorname{round}(\\operatorname{clip}(\\tfrac ws, -Q_N, Q_P)),\\quad \\frac{\\partial \\hat w}{\\partial s} := \\begin{cases} \\operatorname{round}(\\tfrac ws) - \\tfrac ws & \\text{inside} \\\\ -Q_N,\\ Q_P & \\text{beyond} \\end{cases}',
  source: 'Esser et al. 2020, arXiv 1902.08153',
  phrase: (values) => `${bitsPhrase(values.bits)}, ${granularityPhrase(values)}, LSQ`,
  settings: [
    bitsSetting({
      default: 4,
      min: 2,
      max: 8,
      help: 'Bits for each stored weight: codes −2^(b−1) to 2^(b−1) − 1, one more below 0 than above.',
    }),
    granularitySetting,
    groupChannelsSetting,
    groupSizeSetting,
    quantizerRateSetting,
    {
      type: 'flag',
      key: 'stepFactor',
      short: 'stepg',
      label: 'Balance the step',
      help: 'Multiplies the step’s gradient by g. With SGD the step then moves as weights do; Adam undoes any such factor.',
      formula: 'g = 1/\\sqrt{N\\,Q_P}',
      default: true,
      advanced: true,
    },
  ],
};

/** One learned step for each layer's input. */
export const lsqActivations: Method = {
  id: 'lsq',
  label: 'Learned step (LSQ)',
  help: 'One step for each layer’s input, trained with the weights. It starts from the mean magnitude over the calibration images.',
  formula:
    '\\hat x = s\\operatorname{round}(\\operatorname{clip}(\\tfrac xs, 0, 2^b-1)),\\qquad s_0 = \\frac{2\\operatorname{mean}|x|}{\\sqrt{2^b-1}}',
  source: 'Esser et al. 2020, arXiv 1902.08153',
  phrase: (values) => actPhrase(values, 'LSQ'),
  settings: [actBitsSetting({ default: 4, min: 2 }), actRateSetting(1)],
};
