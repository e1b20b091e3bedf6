/**
 * Links as they arrive: messengers, mail programs and word processors encode them once more, write & as &amp;, drop or move the #, and take
 * the bracket or quotation mark behind a link for its end. A link is written with letters, digits and = & , : . % + _ - alone, so that all
 * of that can be told from what was written.
 */

/** Characters that print nothing, and marks that may stand around a link. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g;
const MARKS = String.raw`\s\u200b-\u200f\u2060\ufeff<>()[\]{}"'\u0060´“”„‘’«»*;!?`;
/** Around a whole link, whose own characters stay; a full stop or comma only behind another mark: titles and numbers end with them. */
const BEFORE = new RegExp(`^[${MARKS.replace('?', '')}]+`);
const BEHIND = new RegExp(`[${MARKS}][${MARKS}.,]*$`);
/** Around a key or a value of it. */
const AROUND = new RegExp(`^[${MARKS},]+|[${MARKS}.,]+$`, 'g');
const AMPERSAND = /&(?:amp;|#38;|#x26;)+/gi;
/** So many times, at most, a link was encoded once more. */
const LAYERS = 4;

/** The fragment that a person meant by a fragment, with or without '#', by a query, or by a whole URL; '' if there is none. */
export function intendedFragment(link: string): string {
  // First of all: the # of &#38; is no mark of the fragment.
  const unescaped = link.replace(AMPERSAND, '&').replace(/\s*[\r\n]+\s*/g, '');
  const bare = unescaped.trim().replace(BEFORE, '').replace(BEHIND, '');
  return decoded(withoutFrame(bare));
}

/** What follows the mark of the fragment: #, %23, or a ? if there is no fragment. */
function withoutFrame(link: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(link)) return link.replace(/^(?:[?#]|%(?:25)*23)+/, '');
  const hash = link.indexOf('#');
  const behind = hash < 0 ? '' : link.slice(hash + 1);
  if (behind !== '') return withoutFrame(behind);
  const encoded = /%(?:25)*23(.*v(?:=|%(?:25)*3D).*)$/i.exec(link)?.[1];
  if (encoded !== undefined) return encoded;
  const query = link.replace(/#$/, '').split('?').slice(1).join('?');
  return /(?:^|&)v(?:=|%(?:25)*3D)/i.test(query) ? query : '';
}

/**
 * A fragment that was encoded once more shows it: it has no literal = or no literal &, or an encoded % before two digits of a code, which
 * `encodeTitle` never writes.
 */
function decoded(fragment: string): string {
  let text = fragment.replace(/(?:&(?:quot|apos|lt|gt|nbsp|#\d+);?)+$/i, '');
  for (let i = 0; i < LAYERS; i++) {
    const whole = (!text.includes('=') && /%(?:25)*3D/i.test(text)) || /^v=\d+%(?:25)*26/i.test(text);
    if (whole) text = decodedOnce(text);
    else if (/%25[0-9a-f]{2}/i.test(text)) text = text.replaceAll('%25', '%');
    else break;
    text = text.replace(AMPERSAND, '&');
  }
  return text.replace(BEHIND, '');
}

function decodedOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%([0-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  }
}

/** The text of a key or a value without what is not of it: invisible characters, marks around it, and dashes for a minus. */
export function cleaned(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(AROUND, '');
}

/** A title for a link. A digit behind an encoded % is encoded too, so that a link that was encoded again can be told. */
export function encodeTitle(text: string): string {
  const code = (c: string) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`;
  // Mail and chat programs end a link at these.
  const strict = encodeURIComponent(text).replace(/[!'()*~]/g, code);
  return strict.replace(/%25([0-9A-Fa-f])(?=[0-9A-Fa-f])/g, (_, digit: string) => `%25${code(digit)}`).replaceAll('%20', '+');
}
