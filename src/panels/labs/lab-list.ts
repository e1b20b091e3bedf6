/** The labs: small worked examples beside the experiment, each under a key for links (lab=formats). */
export const labs = [
  {
    id: 'formats',
    label: 'Number formats',
    short: 'Formats',
    description: 'Every number of fp16 to fp4, of intN and of fixed point, bit by bit; blocks that share a scale.',
  },
  { id: 'rounding', label: 'Rounding', short: 'Rounding', description: 'Seven ways to round one number, and many stochastic draws of it.' },
  {
    id: 'descent',
    label: 'Descent in low precision',
    short: 'Descent',
    description: 'Gradient descent on (x − 1024)²: it stops early with rounding to nearest, and arrives with stochastic rounding.',
  },
  {
    id: 'int8',
    label: 'A matrix in 8 bits',
    short: '8-bit matrix',
    description: 'Scale, codes, reconstruction and error of 16 numbers, step by step.',
  },
] as const;

export type LabId = (typeof labs)[number]['id'];

/** The lab that a link names; undefined for none, the first for a name that is not known. */
export function labOf(key: string | undefined): LabId | undefined {
  if (key === undefined) return undefined;
  return (labs.find(({ id }) => id === key) ?? labs[0]).id;
}
