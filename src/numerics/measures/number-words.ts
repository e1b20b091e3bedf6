/** Numbers as text: English digits, units, a true minus sign, and no more digits than the number deserves. */

const NBSP = '\u00a0';
const MINUS = '\u2212';
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A whole number with thousands separators: 824,910. */
export function count(n: number): string {
  return Number.isFinite(n) ? signed(whole.format(n)) : unknown(n);
}

/** Fixed decimals with thousands separators and a true minus. */
export function fixed(x: number, digits: number): string {
  if (!Number.isFinite(x)) return unknown(x);
  const text = x.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return signed(/^-0(\.0*)?$/.test(text) ? text.slice(1) : text);
}

/** A share (0 … 1) in percent: 0.976 → "97.6 %". A share that would round to nothing is "< 0.1 %", to everything "> 99.9 %". */
export function percent(share: number, digits = 1): string {
  if (!Number.isFinite(share)) return unknown(share);
  const smallest = 10 ** -digits;
  const value = share * 100;
  if (value > 0 && value < smallest / 2) return `<${NBSP}${fixed(smallest, digits)}${NBSP}%`;
  if (value < 100 && value > 100 - smallest / 2) return `>${NBSP}${fixed(100 - smallest, digits)}${NBSP}%`;
  return `${fixed(value, digits)}${NBSP}%`;
}

/** Significant digits; beyond 10⁻⁴ and 10⁶ as a power of ten: 0.0412, 1.25, −3.1 × 10⁻⁴. */
export function significant(x: number, digits = 3): string {
  if (!Number.isFinite(x)) return unknown(x);
  if (x === 0) return '0';
  const size = Math.abs(x);
  if (size >= 1e-4 * (1 - 1e-12) && size < 1e6) {
    const rounded = Number(x.toPrecision(digits));
    const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(rounded))));
    return fixed(rounded, Math.min(decimals, 20));
  }
  const [mantissa = '', exponent = '0'] = x.toExponential(digits - 1).split('e');
  return `${signed(mantissa)}${NBSP}×${NBSP}10${superscript(Number(exponent))}`;
}

/** "824,910 bits", "1 bit". */
export function bits(n: number): string {
  return plural(n, 'bit');
}

/** Bits with an SI prefix: "825 kbit", "8.53 Mbit". */
export function bitsShort(n: number): string {
  return prefixed(n, 'bit');
}

/** Bytes with an SI prefix (1 kB = 1,000 bytes): "103 kB", "1.07 MB", "96 B". */
export function bytesShort(n: number): string {
  return prefixed(n, 'B');
}

/** "1 weight", "266,200 weights". */
export function plural(n: number, noun: string, many = `${noun}s`): string {
  return `${count(n)} ${n === 1 ? noun : many}`;
}

/** "10.3×", "124×". */
export function times(x: number): string {
  return Number.isFinite(x) ? `${fixed(x, x < 99.95 ? 1 : 0)}×` : unknown(x);
}

/** Seconds as a person says them: "0.4 ms", "9 s", "2 min 5 s", "1 h 4 min". */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return unknown(seconds);
  if (seconds < 1) return `${significant(seconds * 1000, 2)}${NBSP}ms`;
  if (seconds < 10) return `${significant(seconds, 2)}${NBSP}s`;
  const s = Math.round(seconds);
  if (s < 60) return `${s}${NBSP}s`;
  if (s < 3600) return `${Math.floor(s / 60)}${NBSP}min${s % 60 ? ` ${s % 60}${NBSP}s` : ''}`;
  const minutes = Math.round(s / 60);
  return `${Math.floor(minutes / 60)}${NBSP}h${minutes % 60 ? ` ${minutes % 60}${NBSP}min` : ''}`;
}

/** Stage number in a circle: 1 → ①; from 21 on "(21)". */
export function circled(n: number): string {
  return n >= 1 && n <= 20 ? String.fromCodePoint(0x245f + n) : `(${n})`;
}

function prefixed(n: number, unit: string): string {
  if (!Number.isFinite(n)) return unknown(n);
  if (n < 999.5) return `${count(n)}${NBSP}${unit}`;
  const [factor, prefix] = n < 999_500 ? [1e3, 'k'] : n < 999.5e6 ? [1e6, 'M'] : [1e9, 'G'];
  return `${significant(n / factor, 3)}${NBSP}${prefix}${unit}`;
}

function superscript(n: number): string {
  const digits = [...String(Math.abs(n))].map((d) => superscripts[Number(d)]).join('');
  return n < 0 ? `⁻${digits}` : digits;
}

function signed(text: string): string {
  return text.startsWith('-') ? MINUS + text.slice(1) : text;
}

function unknown(x: number): string {
  return Number.isNaN(x) ? '–' : x > 0 ? '∞' : `${MINUS}∞`;
}
