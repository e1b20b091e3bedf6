import { Power } from './power';

/** What a fixed step means for rounding. @param step a power of two, at most 1 */
export function StepNote({ step }: { readonly step: number }) {
  const exponent = Math.log2(step);
  return (
    <>
      The step is {step === 1 ? 1 : <Power base={2} exponent={exponent} />}, and rounding to nearest is wrong by at most half of it,{' '}
      {step === 1 ? 0.5 : <Power base={2} exponent={exponent - 1} />}, the same everywhere: a fixed step has no relative precision, so there
      is no unit roundoff, and the smaller a number, the fewer of its digits are kept.
    </>
  );
}
