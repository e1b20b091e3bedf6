import { useEffect, useState } from 'react';
import './formula.css';

/** KaTeX and its style sheet, fetched with the first formula. */
let katex: Promise<typeof import('katex')> | null = null;
function loadKatex() {
  katex ??= Promise.all([import('katex'), import('katex/dist/katex.min.css')]).then(([module]) => module);
  return katex;
}

const rendered = new Map<string, string>();

/** TeX as a picture for eyes and MathML for readers. Until KaTeX is there (or if it cannot come) the TeX itself stands in its place. */
export function Formula({ tex, block = false }: { readonly tex: string; readonly block?: boolean }) {
  const [html, setHtml] = useState(() => rendered.get(tex) ?? '');
  useEffect(() => {
    let wanted = true;
    const show = async () => {
      const { default: k } = await loadKatex();
      const made = rendered.get(tex) ?? k.renderToString(tex, { output: 'htmlAndMathml', throwOnError: false });
      rendered.set(tex, made);
      if (wanted) setHtml(made);
    };
    show().catch(() => {
      // Offline before the first formula: the TeX stays readable.
    });
    return () => {
      wanted = false;
    };
  }, [tex]);
  const classes = block ? 'formula formula-block' : 'formula';
  if (html === '') return <code className={`${classes} formula-plain`}>{tex}</code>;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX's own output for TeX that is written in this repository.
  return <span className={classes} dangerouslySetInnerHTML={{ __html: html }} />;
}
