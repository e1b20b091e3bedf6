/** What the command line needs to know of the checkout that it runs in; scripts/lab.mjs provides it. */
export interface Project {
  /** The folder that holds package.json. */
  readonly root: string;
  /** Makes public/data/<id>/ unless it is there. Rejects with a sentence. */
  readonly prepareData: (ids: readonly string[], options: { readonly log: (line: string) => void }) => Promise<unknown>;
  /** The commit of the sources, with "+" behind it if src/ differs from it; '' where that is not known. */
  readonly commit: () => Promise<string>;
}
