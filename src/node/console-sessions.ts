/**
 * Who is signed in at a node's consoles. A session ends when no person has used it for four hours: longer than anybody watches an exam without
 * a touch, shorter than a night. A page that only stands open does not count. Idle time is counted by the steady clock alone: whoever sets the
 * computer's clock signs nobody out and keeps nobody in. While the program does not run nobody can use a session, and no idle time passes.
 */
import type { DatabaseSync } from 'node:sqlite';
import { toBase64Url } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import { randomBytes } from '../base/ids.ts';
import { diskRefusal } from '../store/disk-refusal.ts';
import { sha256Hex } from '../trust/digest.ts';

export const idleLimitMs = 4 * 60 * 60 * 1000;
/** Idle time on the disk may be this much behind: keeps reading free of writes. */
const keptEveryMs = 60_000;
const keptEnded = 1_000;

/** Where a sign-in was made: what its user knows it again by. */
export interface Whence {
  /** Of the computer, as the server sees it; empty: unknown. */
  readonly address: string;
  /** In short words, see `browserWords`; empty: unknown. */
  readonly browser: string;
}

export interface ConsoleSession extends Whence {
  /** Names the session to people; it opens nothing. */
  readonly id: string;
  readonly account: string;
  /** Both by the wall clock, ms. */
  readonly beganAt: number;
  readonly usedAt: number;
}

interface Session {
  readonly account: string;
  readonly beganAt: number;
  readonly whence: Whence;
  /** By the steady clock; before the start of this process for the idle time that it brought along. */
  usedAt: number;
  /** Idle time as the disk has it. */
  keptMs: number;
  /** Taken by whatever runs for it; another one after each interruption. */
  over: AbortController;
}

export class ConsoleSessions {
  readonly #db: DatabaseSync;
  readonly #clock: Clock;
  /** By the digest of the token: the token itself is with the browser alone. */
  readonly #sessions = new Map<string, Session>();
  /** Digests of tokens that somebody has ended while their browser may still show a page. */
  readonly #ended = new Set<string>();
  #keptAt: number;

  constructor(db: DatabaseSync, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
    this.#keptAt = clock.monotonic();
    for (const row of db.prepare('SELECT * FROM console_session').all()) {
      const keptMs = Number(row['idle_ms']);
      this.#sessions.set(String(row['token']), {
        account: String(row['account']),
        beganAt: Number(row['began_at']),
        whence: { address: String(row['address']), browser: String(row['browser']) },
        usedAt: clock.monotonic() - keptMs,
        keptMs,
        over: new AbortController(),
      });
    }
  }

  /** @returns the token for the cookie. */
  begin(account: string, whence: Whence = { address: '', browser: '' }): string {
    const token = toBase64Url(randomBytes(32));
    const hash = sha256Hex(token);
    const beganAt = this.#clock.now();
    this.#db
      .prepare(
        'INSERT INTO console_session (token, account, idle_ms, began_at, address, browser) VALUES (?, ?, 0, ?, ?, ?)',
      )
      .run(hash, account, beganAt, whence.address, whence.browser);
    this.#sessions.set(hash, {
      account,
      beganAt,
      whence,
      usedAt: this.#clock.monotonic(),
      keptMs: 0,
      over: new AbortController(),
    });
    return token;
  }

  /** @param byPerson false: a page that stands open asks by itself. @returns whose session it is; null: there is none, or it was idle for too long. */
  use(token: string, byPerson: boolean): string | null {
    const hash = sha256Hex(token);
    const session = this.#sessions.get(hash);
    if (!session) return null;
    const now = this.#clock.monotonic();
    if (now - session.usedAt >= idleLimitMs) {
      this.#end(hash, session);
      return null;
    }
    if (byPerson) session.usedAt = now;
    if ((byPerson && session.keptMs > 0) || now - this.#keptAt >= keptEveryMs) this.keep();
    return session.account;
  }

  /** Aborted when the session ends or is interrupted: whatever still runs for it stops then. */
  over(token: string): AbortSignal | null {
    return this.#sessions.get(sha256Hex(token))?.over.signal ?? null;
  }

  end(token: string): void {
    const hash = sha256Hex(token);
    const session = this.#sessions.get(hash);
    if (session) this.#end(hash, session);
  }

  /** What is going on, the newest first. @param account of one user alone */
  list(account?: string): ConsoleSession[] {
    const idleSince = this.#clock.monotonic() - idleLimitMs;
    return [...this.#sessions]
      .filter(([, one]) => one.usedAt > idleSince && (account === undefined || one.account === account))
      .map(([hash, one]) => ({
        ...one.whence,
        id: idOf(hash),
        account: one.account,
        beganAt: one.beganAt,
        usedAt: Math.round(this.#clock.now() - (this.#clock.monotonic() - one.usedAt)),
      }))
      .toSorted((a, b) => b.beganAt - a.beganAt || a.id.localeCompare(b.id));
  }

  /** Stops whatever runs for an account that stays signed in: what its user may see has changed. */
  interrupt(account: string): void {
    for (const session of this.#sessions.values()) {
      if (session.account !== account) continue;
      const { over } = session;
      session.over = new AbortController();
      over.abort();
    }
  }

  /** The id under which `list` has it. */
  idOf(token: string): string {
    return idOf(sha256Hex(token));
  }

  /** @returns whether there was such a session of this account. */
  endOne(account: string, id: string): boolean {
    return this.#endThose((hash, session) => session.account === account && idOf(hash) === id) > 0;
  }

  /** @param but the token of a session that stays. @returns how many ended. */
  endAllOf(account: string, but?: string | null): number {
    const kept = but == null ? null : sha256Hex(but);
    return this.#endThose((hash, session) => session.account === account && hash !== kept);
  }

  /** Did somebody end it, rather than time? Then what its page shows is no longer meant for whoever sits there. */
  wasEnded(token: string): boolean {
    return this.#ended.has(sha256Hex(token));
  }

  /** Writes down how long each session has been idle, and forgets those that were idle for too long. */
  keep(): void {
    const now = this.#clock.monotonic();
    this.#keptAt = now;
    try {
      for (const [hash, session] of this.#sessions) {
        const idle = Math.max(0, Math.floor(now - session.usedAt));
        if (idle >= idleLimitMs) this.#end(hash, session);
        else if (idle !== session.keptMs && (idle === 0 || idle - session.keptMs >= keptEveryMs)) {
          this.#db.prepare('UPDATE console_session SET idle_ms = ? WHERE token = ?').run(idle, hash);
          session.keptMs = idle;
        }
      }
    } catch (error) {
      // On a full disk a session may count as used too late; the console that shows the full disk must go on.
      if (!diskRefusal(error)) throw error;
    }
  }

  #endThose(which: (hash: string, session: Session) => boolean): number {
    const those = [...this.#sessions].filter(([hash, session]) => which(hash, session));
    for (const [hash, session] of those) {
      // Before the streams stop: whoever asks again because of that is told why.
      this.#ended.add(hash);
      this.#end(hash, session);
    }
    for (const hash of this.#ended) {
      if (this.#ended.size <= keptEnded) break;
      this.#ended.delete(hash);
    }
    return those.length;
  }

  #end(hash: string, session: Session): void {
    this.#sessions.delete(hash);
    session.over.abort();
    try {
      this.#db.prepare('DELETE FROM console_session WHERE token = ?').run(hash);
    } catch (error) {
      // It is over for this process all the same; on a full disk it cannot be forgotten for the next one yet.
      if (!diskRefusal(error)) throw error;
    }
  }
}

function idOf(hash: string): string {
  return hash.slice(0, 16);
}
