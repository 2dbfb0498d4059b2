/** Commands out of bytes: they come in whatever pieces the network makes of them. */

/** A path of the longest kind, and a command. */
const mostBytes = 8 * 1024;

export type Line = { readonly verb: string; readonly argument: string } | 'not-utf-8';

export class Lines {
  #held = Buffer.alloc(0);

  /** Bytes of a line that has not ended. */
  get pending(): number {
    return this.#held.length;
  }

  /** @returns null: this is no conversation. */
  take(chunk: Buffer): Line[] | null {
    let held = Buffer.concat([this.#held, chunk]);
    const lines: Line[] = [];
    for (let end = held.indexOf(0x0a); end >= 0; end = held.indexOf(0x0a)) {
      if (end > mostBytes) return null;
      lines.push(read(held.subarray(0, end)));
      held = held.subarray(end + 1);
    }
    this.#held = held;
    return held.length > mostBytes ? null : lines;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function read(bytes: Buffer): Line {
  // Telnet's «interrupt process» and «data mark» come before ABOR (RFC 959); as bytes they are in no UTF-8 text.
  const said = bytes[0] === 0xff ? bytes.filter((byte) => byte < 0xf0) : bytes;
  try {
    const line = decoder.decode(said).replace(/\r$/, '');
    const [, verb = '', argument = ''] = /^(\S*) ?(.*)$/su.exec(line) ?? [];
    return { verb: verb.toUpperCase(), argument };
  } catch {
    return 'not-utf-8';
  }
}
