import { useEffect } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import { duration } from '../../numerics/measures/number-words';
import { chooseBackend, send } from '../../state/lab';
import { useOffers } from '../../state/run/engine-choice';
import { useRun } from '../../state/run/run-store';
import { backendLabel } from '../labels';
import styles from './engine-choices.module.css';
import { adapterWords, offerWords } from './engine-words';

/** What the badge opens: what computes, why, and what else could. */
export function EngineChoices() {
  const backend = useRun((s) => s.backend);
  const ms = useRun((s) => (s.progress && s.progress.msPerStep > 0 ? s.progress.msPerStep : null));
  const offers = useOffers((s) => s.offers);
  useEffect(() => send({ type: 'offerBackends' }), []);
  if (!backend) return null;
  const open = offers?.filter(({ name, problem }) => problem === '' || name === backend.name) ?? [];
  const closed = offers?.filter(({ name, problem }) => problem !== '' && name !== backend.name) ?? [];
  return (
    <>
      <p>
        {adapterWords(backend)}
        {ms === null ? '' : `, ${duration(ms / 1000)} for one training step`}.
      </p>
      {[backend.note ?? '', ...backend.reasons].filter(Boolean).map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      {offers === null ? (
        <p>Looking for other engines…</p>
      ) : (
        <RadioGroup
          className={styles.choices}
          aria-label="Engine"
          value={backend.name}
          onChange={(name) => {
            const chosen = open.find((offer) => offer.name === name);
            if (chosen) chooseBackend(chosen.name);
          }}
        >
          {open.map((offer) => (
            <Radio key={offer.name} value={offer.name} className={styles.choice}>
              <span className={styles.mark} aria-hidden />
              <span className={styles.name}>{backendLabel(offer.name)}</span>
              <span className={styles.about}>{offerWords(offer)}</span>
            </Radio>
          ))}
        </RadioGroup>
      )}
      {closed.map(({ name, problem }) => (
        <p key={name} className="source">
          {backendLabel(name)} cannot be used. {problem}
        </p>
      ))}
      <p className="source">
        The network trains on this machine, in this tab. Nothing is sent anywhere. After a change the run continues from its last
        checkpoint; the numbers may differ by rounding.
      </p>
    </>
  );
}
