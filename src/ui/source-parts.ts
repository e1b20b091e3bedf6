/** A citation in parts, those that are on the web with their address. */
export interface SourcePart {
  readonly part: string;
  /** '' for plain text. */
  readonly url: string;
}

const LINKED = /arXiv \d{4}\.\d{4,5}|doi:10\.\d{4,9}\/[^\s,;]+|[\w-]+\/learned-quantization/g;

/** "Jacob et al. 2018, arXiv 1712.05877" with its arXiv number as a link; DOIs and the repository of the thesis likewise. */
export function sourceParts(text: string): readonly SourcePart[] {
  const parts: SourcePart[] = [];
  let end = 0;
  for (const { 0: part, index } of text.matchAll(LINKED)) {
    if (index > end) parts.push({ part: text.slice(end, index), url: '' });
    parts.push({ part, url: addressOf(part) });
    end = index + part.length;
  }
  if (end < text.length) parts.push({ part: text.slice(end), url: '' });
  return parts;
}

function addressOf(part: string): string {
  if (part.startsWith('arXiv ')) return `https://arxiv.org/abs/${part.slice(6)}`;
  return part.startsWith('doi:') ? `https://doi.org/${part.slice(4)}` : `https://github.com/${part}`;
}
