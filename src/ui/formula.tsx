import { useEffect, useState } from 'react';
import './formula.css';

/** KaTeX and its style sheet, fetched with the first formula. */
let katex: Promise<typeof import('katex')> | null = null;
function loadKatex() {
  katex ??= Promise.all([import('katex'), import('katex/dist/katex.min.css')]).then(([module]) => module);
  return katex;
}

const rendered = new Map<string, string>();

/** A displayed formula breaks where its author put a wide space: one equation a line, as in a book. */
function linesOf(tex: string, block: boolean): readonly string[] {
  return block ? tex.split(/,?\s*\\q+uad\s*/) : [tex];
}

/** TeX as a picture for eyes and MathML for readers. Until KaTeX is there (or if it cannot come) the TeX itself is shown instead. */
export function Formula({ tex, block = false }: { readonly tex: string; readonly block?: boolean }) {
  const key = block ? `block ${tex}` : tex;
  const [html, setHtml] = useState(() => rendered.get(key) ?? '');
  useEffect(() => {
    let wanted = true;
    const show = async () => {
      const { default: k } = await loadKatex();
      const set = (line: string) => k.renderToString(line, { output: 'htmlAndMathml', throwOnError: false });
      const made =
        rendered.get(key) ??
        linesOf(tex, block)
          .map((line) => `<span class="formula-line">${set(line)}</span>`)
          .join('');
      rendered.set(key, made);
      if (wanted) setHtml(made);
    };
    show().catch(() => {
      // Offline before the first formula: the TeX stays readable.
    });
    return () => {
      wanted = false;
    };
  }, [tex, block, key]);
  const classes = block ? 'formula formula-block' : 'formula';
  if (html === '') return <code className={`${classes} formula-plain`}>{tex}</code>;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX's own output for TeX that is written in this repository.
  return <span ref={block ? reachable : undefined} className={classes} dangerouslySetInnerHTML={{ __html: html }} />;
}

/** A formula too wide for its place can be scrolled by keyboard: it takes the focus, but only then. */
function reachable(element: HTMLElement | null): (() => void) | undefined {
  if (!element) return undefined;
  const look = () => {
    if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
    else element.removeAttribute('tabindex');
  };
  look();
  const observer = new ResizeObserver(look);
  observer.observe(element);
  return () => observer.disconnect();
}
