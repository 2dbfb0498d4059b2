const encoder = new TextEncoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export type Bytes = Uint8Array<ArrayBuffer>;

export function utf8(text: string): Bytes {
  return encoder.encode(text);
}

/** @throws TypeError when the bytes are not UTF-8: replacing characters silently would change what was signed. */
export function fromUtf8(bytes: Uint8Array): string {
  return strictDecoder.decode(bytes);
}

export function toHex(bytes: Uint8Array): string {
  return bytes.toHex();
}

/** @throws SyntaxError */
export function fromHex(text: string): Bytes {
  return Uint8Array.fromHex(text);
}

/** Without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: 'base64url', omitPadding: true });
}

/** Without padding or white space. @throws SyntaxError, TypeError */
export function fromBase64Url(text: string): Bytes {
  if (/[^A-Za-z0-9_-]/.test(text)) throw new TypeError('not base64url');
  return Uint8Array.fromBase64(text, { alphabet: 'base64url' });
}

export function toBase64(bytes: Uint8Array): string {
  return bytes.toBase64();
}

/** @throws SyntaxError */
export function fromBase64(text: string): Bytes {
  return Uint8Array.fromBase64(text);
}

export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Crockford's base 32 without I, L, O and U: what people read out and type does not get confused. */
export const readableAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Upper case, without separators; O read as 0, I and L as 1, as people do when they copy from paper. */
export function normaliseReadable(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
}

/** Five bits a letter, most significant first; the last letter is padded with zero bits. */
export function toReadable(bytes: Uint8Array): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += readableAlphabet[(buffer >> bits) & 31];
    }
    buffer &= (1 << bits) - 1;
  }
  if (bits > 0) text += readableAlphabet[(buffer << (5 - bits)) & 31];
  return text;
}
