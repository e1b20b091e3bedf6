import { Announcer } from './announcer';
import { DropTarget } from './drop-target';

/** What the page does without showing anything at first: it takes dropped files, and tells readers what happens. */
export function Afterwards() {
  return (
    <>
      <DropTarget />
      <Announcer />
    </>
  );
}
