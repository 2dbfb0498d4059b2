/** What stands behind the gateways: who may sign in, the folders that this account sees, and what becomes of a file that came whole. */
import type { Readable } from 'node:stream';
import type { Refusal, Result } from '../../base/result.ts';

/** Names from the root down; the root is empty. Each is clean: no separator, no `..`, no control character, in normal form C. */
export type TreePath = readonly string[];

export interface Entry {
  /** In normal form C, as paths are. */
  readonly name: string;
  readonly kind: 'folder' | 'file';
  /** Bytes; 0 for a folder. */
  readonly size: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly changedAt: number;
}

/** A file that came whole and lies on the disk. */
export interface ReceivedFile {
  /** Gone when `received` has answered: it is copied or renamed by then. */
  readonly file: string;
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** What one account sees. */
export interface Tree {
  /** Whose it is: an upload that was cut off is found again by it, on another connection or through the other gateway. */
  readonly owner: string;
  list(path: TreePath): Promise<Result<readonly Entry[]>>;
  stat(path: TreePath): Promise<Result<Entry>>;
  /** @param start first byte that is wanted; `stream` goes from there to the end, `size` is the whole file's. */
  read(path: TreePath, start: number): Promise<Result<{ readonly size: number; readonly stream: Readable }>>;
  /** Asked before the first byte: may a file of this name come, and how large (bytes)? */
  accepts(path: TreePath): Promise<Result<{ readonly limit: number }>>;
  /** A file that was cut off, is too large or could not be kept never gets here. From `ok` on, listings show it. */
  received(path: TreePath, received: ReceivedFile): Promise<Result<void>>;
}

export interface TreeGate {
  /** Holds up who guesses passwords, over all connections: a gateway only counts those of one connection. */
  signIn(account: string, password: string, address: string): Promise<Result<Tree>>;
  /** What a refusal says, in English: clients show it as it is, and most of them nothing but ASCII. */
  words(refusal: Refusal): string;
}

/** Structured lines, as pino takes them. Neither passwords nor accounts that did not sign in get there: some are typed into the wrong field. */
export interface GatewayLog {
  info(fields: Readonly<Record<string, unknown>>, words: string): void;
  warn(fields: Readonly<Record<string, unknown>>, words: string): void;
}
