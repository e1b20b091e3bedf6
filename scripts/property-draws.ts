/**
 * How the property tests draw: the same values every time, so that a commit passes or fails for what it changed.
 * `FEWBITS_SEED=random npm run test:unit` draws others; a failure says its seed, which can be given in place of "random".
 */
import fc from 'fast-check';

const seed = process.env.FEWBITS_SEED ?? '1';
fc.configureGlobal({ ...fc.readConfigureGlobal(), ...(seed === 'random' ? {} : { seed: Number(seed) }) });
