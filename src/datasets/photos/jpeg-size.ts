/**
 * Width times height of a JPEG file, read from its frame header (ITU T.81, B.2.2), so that a small file cannot ask for a huge picture.
 * @returns undefined if there is no frame header, or the file does not end with the end marker (few bytes after it are accepted)
 */
export function jpegPixels(bytes: Uint8Array): number | undefined {
  if (!endsWell(bytes)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 2; at + 9 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) at++;
    // Start of frame: all of c0 … cf but the tables c4 and cc, and c8.
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return view.getUint16(at + 5) * view.getUint16(at + 7);
    else at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** Cameras and editors may write some bytes after the end. */
const MOST_AFTER = 4096;

function endsWell(bytes: Uint8Array): boolean {
  for (let at = bytes.length - 2; at >= Math.max(2, bytes.length - MOST_AFTER); at--)
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true;
  return false;
}
