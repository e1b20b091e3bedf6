/** The page's fonts as CSS with the files inside: an SVG that is drawn as an image may load nothing. */

/** The `@font-face` rules of the page that `text` needs, each with its file as a data URL. One that cannot be loaded is left out. */
export async function embeddedFonts(text: string): Promise<string> {
  const points = new Set([...text].map((character) => character.codePointAt(0) ?? 0));
  const rules = [...document.styleSheets]
    .flatMap(fontRules)
    .filter((rule) => coversAny(rule.style.getPropertyValue('unicode-range'), points));
  const parts = await Promise.all(rules.map((rule) => embedded(rule).catch(() => '')));
  return parts.join('\n');
}

function fontRules(sheet: CSSStyleSheet): readonly CSSFontFaceRule[] {
  try {
    return [...sheet.cssRules].filter((rule): rule is CSSFontFaceRule => rule instanceof CSSFontFaceRule);
  } catch {
    // A sheet of another origin.
    return [];
  }
}

async function embedded(rule: CSSFontFaceRule): Promise<string> {
  const source = rule.style.getPropertyValue('src');
  const url = /url\("?([^")]+)"?\)/.exec(source)?.[1];
  if (!url) return '';
  const response = await fetch(new URL(url, rule.parentStyleSheet?.href ?? document.baseURI));
  if (!response.ok) return '';
  const data = await dataUrl(await response.blob());
  const kept = ['font-family', 'font-weight', 'font-style', 'unicode-range']
    .map((name) => [name, rule.style.getPropertyValue(name)] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value};`);
  return `@font-face { ${kept.join(' ')} src: url(${data}); }`;
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('The font cannot be read.'));
    reader.readAsDataURL(blob);
  });
}

/** Whether a `unicode-range` such as "U+0000-00FF, U+131, U+4??" holds one of the code points; '' holds all. */
export function coversAny(range: string, points: ReadonlySet<number>): boolean {
  if (range.trim() === '') return true;
  const limits = range.split(',').map((part) => {
    const [from = '', to = from] = part.trim().replace(/^u\+/i, '').split('-');
    return [Number.parseInt(from.replaceAll('?', '0'), 16), Number.parseInt(to.replaceAll('?', 'F'), 16)] as const;
  });
  return [...points].some((point) => limits.some(([from, to]) => point >= from && point <= to));
}
