/** What a menu holds. */

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  /** A page that it opens, in a tab of its own. */
  readonly href?: string;
}

/** Entries under a name, which may have a sentence. */
export interface MenuGroup {
  readonly name: string;
  readonly note?: string;
  readonly entries: readonly MenuEntry[];
}
