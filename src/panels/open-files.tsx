import { FolderOpen } from 'lucide-react';
import { type RefObject, useRef } from 'react';
import { openOwnFiles } from '../state/model-file/open-own-files';
import { Button } from '../ui/button';

/** Asks for a person's own files, images or a model file; dropping them anywhere on the page does the same. */
export function OpenFiles({ input }: { readonly input?: RefObject<HTMLInputElement | null> }) {
  const own = useRef<HTMLInputElement>(null);
  const ref = input ?? own;
  return (
    <>
      <input
        ref={ref}
        type="file"
        multiple
        hidden
        aria-label="Your own image files"
        onChange={(event) => {
          openOwnFiles([...(event.target.files ?? [])]);
          // The same files may be chosen again.
          event.target.value = '';
        }}
      />
      <Button
        small
        onPress={() => ref.current?.click()}
        tip="Images as IDX files (.gz or not) or in CIFAR’s binary layout, an archive of JPEG folders such as imagenette2-160.tgz, or a model file (.fewbits). You can also drop them anywhere on this page."
      >
        <FolderOpen size={13} aria-hidden />
        Open your own files
      </Button>
    </>
  );
}
