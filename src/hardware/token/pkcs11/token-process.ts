/**
 * The process of a token's library, as the site sees it: asked one thing at a time, started again when it dies, ended when it is silent.
 * What was under way when it died is refused and not repeated: a wrong PIN said twice would cost two tries.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { refuse, type Result } from '../../../base/result.ts';
import type { Answers, Ask, FromTokenProcess, Seen, ToTokenProcess } from './messages.ts';

/** A card that makes a key takes many seconds for it. */
const patienceMs = 60_000;
/** It looks every 0.7 s, once its library has started. */
const silentMs = 15_000;
const restartMs = { first: 100, most: 10_000 };

interface Waiting {
  readonly number: number;
  readonly settle: (result: Result<never>) => void;
  readonly timer: NodeJS.Timeout;
}

export class TokenProcess {
  readonly #library: string;
  readonly #watched: { readonly serial: string; readonly onSeen: (seen: Seen) => void } | null;
  #child: ChildProcess | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #waiting: Waiting | null = null;
  #number = 0;
  #closed = false;
  #restart: NodeJS.Timeout | null = null;
  #restartMs = restartMs.first;
  #silence: NodeJS.Timeout | null = null;

  /** @param watched the token whose coming and going is told, from now on */
  constructor(library: string, watched: { serial: string; onSeen: (seen: Seen) => void } | null = null) {
    this.#library = library;
    this.#watched = watched;
    if (watched) this.#start();
  }

  ask<A extends Ask>(ask: A): Promise<Result<Answers[A['do']]>> {
    const answered = this.#queue.then(() => this.#ask(ask));
    this.#queue = answered;
    return answered as Promise<Result<Answers[A['do']]>>;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#restart) clearTimeout(this.#restart);
    const child = this.#child;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  #ask(ask: Ask): Promise<Result<never>> {
    if (this.#closed) return Promise.resolve(refuse({ type: 'token-process-ended' }));
    const child = this.#child ?? this.#start();
    const number = ++this.#number;
    return new Promise((settle) => {
      const timer = setTimeout(() => {
        // Its library waits for ever: only without it something can go on.
        this.#settle(number, refuse({ type: 'token-silent' }));
        child.kill('SIGKILL');
      }, patienceMs);
      this.#waiting = { number, settle, timer };
      child.send({ number, ask } satisfies ToTokenProcess);
    });
  }

  #start(): ChildProcess {
    if (this.#restart) clearTimeout(this.#restart);
    this.#restart = null;
    // What a library writes to the console may be anything, also a PIN.
    const child = fork(fileURLToPath(new URL('./token-worker.ts', import.meta.url)), [this.#library], {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      windowsHide: true,
    });
    this.#child = child;
    child.on('message', (message) => this.#hear(child, message as FromTokenProcess));
    // One that does not start at all exits as well, or is gone before it was told anything.
    child.on('error', () => this.#gone(child));
    child.once('exit', () => this.#gone(child));
    if (this.#watched) {
      child.send({ watch: this.#watched.serial } satisfies ToTokenProcess);
      this.#listen(child);
    }
    return child;
  }

  #hear(child: ChildProcess, message: FromTokenProcess): void {
    if (child !== this.#child) return;
    this.#restartMs = restartMs.first;
    if (this.#watched) this.#listen(child);
    if ('seen' in message) this.#watched?.onSeen(message.seen);
    else this.#settle(message.number, message.result as Result<never>);
  }

  /** A call may take long, and looking waits for it; otherwise silence means that the library hangs. */
  #listen(child: ChildProcess): void {
    if (this.#silence) clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      if (this.#waiting) {
        this.#listen(child);
        return;
      }
      this.#watched?.onSeen({ refusal: { type: 'token-silent' } });
      child.kill('SIGKILL');
    }, silentMs);
  }

  #gone(child: ChildProcess): void {
    if (child !== this.#child) return;
    this.#child = null;
    if (this.#silence) clearTimeout(this.#silence);
    this.#settle(this.#waiting?.number ?? 0, refuse({ type: 'token-process-ended' }));
    if (!this.#watched || this.#closed) return;
    this.#watched.onSeen({ refusal: { type: 'token-process-ended' } });
    this.#restart = setTimeout(() => this.#start(), this.#restartMs);
    this.#restartMs = Math.min(this.#restartMs * 2, restartMs.most);
  }

  #settle(number: number, result: Result<never>): void {
    const waiting = this.#waiting;
    if (waiting?.number !== number) return;
    this.#waiting = null;
    clearTimeout(waiting.timer);
    waiting.settle(result);
  }
}
