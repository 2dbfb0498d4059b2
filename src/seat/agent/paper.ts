/** The sealed paper on this seat: fetched ahead of the start, opened in memory only, never written in clear. */
import { readFile, rename, rm } from 'node:fs/promises';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { ExchangeClient } from '../../courier/https/client.ts';
import { unpackPaper } from '../../exam/package/paper-bundle.ts';
import { candidateSeed } from '../../exam/package/room-package.ts';
import { instantiatePaper } from '../../exam/paper/instance.ts';
import type { PaperFile, PaperInstance } from '../../exam/paper/model.ts';
import { openWithStartKey } from '../../trust/release.ts';
import type { Claim } from './stored.ts';

export interface OpenPaper {
  readonly sittingId: string;
  readonly instance: PaperInstance;
  /** By digest. */
  readonly files: ReadonlyMap<string, { readonly file: PaperFile; readonly content: Uint8Array }>;
}

export class PaperShelf {
  readonly #folder: string;
  #fetching: Promise<Result<void>> | null = null;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  holds(sessionId: string): boolean {
    return existsSync(this.#path(sessionId));
  }

  /** Fetches the sealed paper unless it is here. One fetch at a time; an interrupted one starts again at the next call. */
  fetch(client: ExchangeClient, sessionId: string): Promise<Result<void>> {
    if (this.holds(sessionId)) return Promise.resolve(ok());
    this.#fetching ??= this.#fetch(client, sessionId).finally(() => (this.#fetching = null));
    return this.#fetching;
  }

  async #fetch(client: ExchangeClient, sessionId: string): Promise<Result<void>> {
    const part = `${this.#path(sessionId)}.part`;
    await rm(part, { force: true });
    const fetched = await client.download(`/paper/${sessionId}`, part);
    if (!fetched.ok) return fetched;
    await rename(part, this.#path(sessionId));
    return ok();
  }

  /** @returns refusals `paper-not-here`, and what opening with another key says. */
  async open(claim: Claim, startKey: Uint8Array): Promise<Result<OpenPaper>> {
    if (!this.holds(claim.sessionId)) return refuse({ type: 'paper-not-here' });
    const sealed = new Uint8Array(await readFile(this.#path(claim.sessionId)));
    const opened = openWithStartKey(sealed, startKey);
    if (!opened.ok) return opened;
    const { paper, files } = unpackPaper(opened.value);
    const instance = instantiatePaper(
      paper,
      candidateSeed(claim.projectId, claim.sessionId, 1, claim.admissionNumber),
    );
    return ok({
      sittingId: claim.sittingId,
      instance,
      files: new Map(
        paper.files.map((file) => [
          file.digest,
          { file, content: files.get(file.digest) ?? new Uint8Array() },
        ]),
      ),
    });
  }

  /** A paper that the room's own key does not open is not the room's paper: it is fetched anew. */
  async discard(sessionId: string): Promise<void> {
    await rm(this.#path(sessionId), { force: true });
  }

  #path(sessionId: string): string {
    // A digest-free name that is legal everywhere: identifiers are letters, digits and hyphens.
    return join(this.#folder, `${sessionId.replaceAll(/[^\w-]/g, '_')}.sealed`);
  }
}
