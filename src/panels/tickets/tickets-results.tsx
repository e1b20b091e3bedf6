import { type TicketGroup, verdictOn } from '../../experiment/results/ticket-groups';
import { storyText } from './ticket-words';
import styles from './tickets.module.css';
import { TicketsPictures } from './tickets-pictures';
import { TicketsTable } from './tickets-table';

/** Sentence, table and pictures of the same trainings. */
export function TicketsResults({ groups }: { readonly groups: readonly TicketGroup[] }) {
  const dense = groups.find(({ kind }) => kind === 'dense');
  const story = storyText(groups, (group) => verdictOn(group, dense));
  return (
    <>
      {story === '' ? null : <p className={styles.story}>{story}</p>}
      <TicketsTable groups={groups} />
      <TicketsPictures groups={groups} />
    </>
  );
}
