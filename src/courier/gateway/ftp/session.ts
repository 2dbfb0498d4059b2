/** One client's control connection (RFC 959, 2228, 2389, 2428, 3659, 4217): its state, and one command after the other. */
import type { Socket } from 'node:net';
import { TLSSocket, type SecureContext } from 'node:tls';
import type { Refusal } from '../../../base/result.ts';
import { addressOf } from '../doorkeeper.ts';
import type { Tree, TreePath } from '../tree.ts';
import { unexpected, type Behind } from '../uploads.ts';
import { refusalLine } from '../words.ts';
import { commands, withoutSignIn } from './commands.ts';
import { Lines, type Line } from './lines.ts';
import type { PassivePort } from './passive.ts';

/** A client sends one command and waits; some send a few ahead. */
const mostWaiting = 32;
/** Whoever says so much that is no command is no client. */
const mostUnknown = 10;

export interface FtpOptions {
  readonly behind: Behind;
  readonly host: string;
  readonly passive: readonly [number, number] | null;
  /** What PASV names where clients reach this computer at another address; null: the address that they reached. */
  readonly announced: string | null;
  /** Whether passwords and files may go unencrypted. */
  readonly plain: boolean;
  readonly tls: SecureContext | null;
}

export class FtpSession {
  readonly options: FtpOptions;
  readonly address: string;
  account: string | null = null;
  tree: Tree | null = null;
  folder: TreePath = [];
  secure = false;
  /** PROT P was said: data go encrypted. */
  dataSecure = false;
  ascii = false;
  restart = 0;
  /** What ALLO said of the upload to come. */
  announcedSize: number | null = null;
  passive: PassivePort | null = null;
  /** Breaks the transfer off that is under way. */
  abort: (() => void) | null = null;
  wrongTries = 0;

  readonly #ended = Promise.withResolvers<void>();
  #socket: Socket;
  #lines = new Lines();
  #waiting: Line[] = [];
  #working: Promise<void> | null = null;
  #unknown = 0;
  #over = false;
  #timer: NodeJS.Timeout;

  constructor(socket: Socket, options: FtpOptions) {
    this.options = options;
    this.#socket = socket;
    this.address = addressOf(socket);
    this.#timer = setTimeout(() => this.bye('Nobody signed in for too long.'), this.behind.limits.signInMs);
    this.#attend(socket);
    this.reply(220, 'Ready. Names are UTF-8.');
  }

  get behind(): Behind {
    return this.options.behind;
  }

  get over(): boolean {
    return this.#over;
  }

  /** When the client is gone; what it had under way may still be put away. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** When that is done, too. */
  async settled(): Promise<void> {
    await this.ended;
    await this.#working;
  }

  get localAddress(): string {
    return (this.#socket.localAddress ?? '').replace(/^::ffff:/i, '');
  }

  reply(code: number, ...lines: readonly string[]): void {
    if (this.#over) return;
    const last = lines.length - 1;
    // Between the first line and the last one there is no code, but a space: no name can be taken for the end.
    const text = lines.map((line, i) =>
      i === last ? `${code} ${line}` : i === 0 ? `${code}-${line}` : ` ${line}`,
    );
    this.#socket.write(`${text.join('\r\n')}\r\n`);
  }

  refused(code: number, refusal: Refusal): void {
    this.reply(code, refusalLine(this.behind.gate, refusal));
  }

  bye(words: string): void {
    this.reply(421, words);
    this.end();
  }

  end(): void {
    if (this.#over) return;
    this.#socket.end();
    // Whoever does not take what was said holds up nobody.
    setTimeout(() => this.#socket.destroy(), 1_000).unref();
    this.#leave();
  }

  /** The commands go on encrypted. @returns false: bytes were waiting that came unencrypted, and somebody else may have put them there. */
  startTls(secureContext: SecureContext): boolean {
    if (this.#waiting.length > 0 || this.#lines.pending > 0) return false;
    const plain = this.#socket;
    plain.removeAllListeners('data');
    const socket = new TLSSocket(plain, { isServer: true, secureContext });
    this.#socket = socket;
    this.secure = true;
    this.#attend(socket);
    return true;
  }

  signedIn(account: string, tree: Tree): void {
    [this.account, this.tree] = [account, tree];
    this.#rest();
  }

  #attend(socket: Socket): void {
    socket.on('data', (chunk: Buffer) => this.#heard(chunk));
    socket.on('error', () => this.#leave());
    socket.on('end', () => this.#leave());
    socket.on('close', () => this.#leave());
  }

  #heard(chunk: Buffer): void {
    if (this.#over) return;
    const lines = this.#lines.take(chunk);
    if (lines === null || this.#waiting.length + lines.length > mostWaiting) {
      this.bye('This is no conversation.');
      return;
    }
    for (const line of lines) {
      // The only command that does not wait for the one before it.
      if (line !== 'not-utf-8' && line.verb === 'ABOR') this.abort?.();
      this.#waiting.push(line);
    }
    this.#working ??= this.#work();
  }

  async #work(): Promise<void> {
    if (this.tree !== null) clearTimeout(this.#timer);
    for (let line = this.#waiting.shift(); line !== undefined && !this.#over; line = this.#waiting.shift())
      try {
        await this.#obey(line);
      } catch (error) {
        this.refused(451, unexpected(this.behind, error, line === 'not-utf-8' ? line : line.verb));
      }
    this.#working = null;
    if (this.tree !== null) this.#rest();
  }

  async #obey(line: Line): Promise<void> {
    if (line === 'not-utf-8') return this.refused(501, { type: 'gateway-name-not-utf8' });
    const command = Object.hasOwn(commands, line.verb) ? commands[line.verb] : undefined;
    if (command === undefined) {
      if (++this.#unknown >= mostUnknown && this.tree === null) return this.bye('This is no conversation.');
      return this.reply(500, 'Not understood.');
    }
    if (this.tree === null && !withoutSignIn.has(line.verb)) return this.reply(530, 'Sign in first.');
    await command(this, line.argument);
  }

  #rest(): void {
    clearTimeout(this.#timer);
    if (this.#over) return;
    this.#timer = setTimeout(() => this.bye('Nothing was asked for too long.'), this.behind.limits.idleMs);
  }

  #leave(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timer);
    this.passive?.close();
    this.abort?.();
    this.#ended.resolve();
  }
}
