/** Rosters that other programs hand over: kept on the disk until they are applied, and applied once however often it is asked for. */
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { RosterMapping } from '../../exam/roster/columns.ts';
import type { OneRosterChoice } from '../../exam/roster/one-roster/choice.ts';
import type { FileExchange } from '../../node/files.ts';
import { fileSha256Hex, sha256Hex } from '../../trust/digest.ts';
import type { ApiKeyView } from '../api-keys/contract.ts';
import type { Centre } from '../centre.ts';
import type { RosterPreview } from '../roster/contract.ts';
import { importRoster, previewRoster } from '../roster/import-roster.ts';
import { rosterCheckSchema, type uploadedRosterSchema } from './contract.ts';
import { untilSilent } from './stream.ts';

export const rosterLimit = 600 * 1024 * 1024;
const keptOfKey = 5;
const silentMs = 60_000;
const rememberedMs = 24 * 60 * 60 * 1000;

export type Checked = z.output<typeof rosterCheckSchema>;
export type Applied = Omit<Checked, 'errors' | 'wrong' | 'missing'>;

export interface Said {
  readonly projectId: string;
  readonly rosterId: string;
  readonly mapping: RosterMapping | null;
  readonly choice: OneRosterChoice | null;
}

/** As it stands in journals, and as whose the uploads are kept. */
export function accountOf({ id }: Pick<ApiKeyView, 'id'>): string {
  return `api-key:${id}`;
}

export class Rosters {
  readonly #centre: Centre;
  readonly #files: FileExchange;
  /** Ids of uploads by key and project, the oldest first. */
  readonly #uploads = new Map<string, { rosterId: string; projectId: string }[]>();
  /** Keys for which a roster is being received, read or applied. */
  readonly #busy = new Set<string>();

  constructor(centre: Centre, files: FileExchange) {
    this.#centre = centre;
    this.#files = files;
  }

  upload(
    key: ApiKeyView,
    projectId: string,
    content: ReadableStream<Uint8Array>,
    fileName: string,
  ): Promise<Result<z.output<typeof uploadedRosterSchema>>> {
    return this.#alone(key, () => this.#upload(key, projectId, content, fileName));
  }

  check(key: ApiKeyView, said: Said): Promise<Result<Checked>> {
    return this.#alone(key, async () => {
      const file = this.#take(key, said);
      if (!file.ok) return file;
      const { projectId, mapping, choice } = said;
      const preview = await previewRoster(this.#centre, projectId, file.value, mapping, choice);
      return preview.ok ? ok(checkedOf(preview.value)) : preview;
    });
  }

  /** @returns `replayed`: it was done before, and is not done again. */
  apply(
    key: ApiKeyView,
    said: Said,
    idempotencyKey: string | null,
  ): Promise<Result<{ applied: Applied; replayed: boolean }>> {
    return this.#alone(key, async () => {
      if (idempotencyKey === null) return refuse({ type: 'api-idempotency-key-missing' });
      const file = this.#take(key, said);
      if (!file.ok) return file;
      const fingerprint = await fingerprintOf(said, file.value.path);
      const before = await this.#answered(key.id, idempotencyKey);
      if (before && before.fingerprint !== fingerprint) return refuse({ type: 'api-idempotency-key-reused' });
      if (before) return ok({ applied: appliedSchema.parse(JSON.parse(before.answer_json)), replayed: true });
      return this.#apply(key, said, file.value, { idempotencyKey, fingerprint });
    });
  }

  /** A roster takes disk and processor: a program gets in nobody's way but its own, and nothing is applied twice. */
  async #alone<T>(key: ApiKeyView, work: () => Promise<Result<T>>): Promise<Result<T>> {
    if (this.#busy.has(key.id)) return refuse({ type: 'api-request-under-way' });
    this.#busy.add(key.id);
    try {
      return await work();
    } finally {
      this.#busy.delete(key.id);
    }
  }

  async #upload(
    key: ApiKeyView,
    projectId: string,
    content: ReadableStream<Uint8Array>,
    fileName: string,
  ): Promise<Result<z.output<typeof uploadedRosterSchema>>> {
    const account = accountOf(key);
    const body = untilSilent(content, silentMs);
    const received = await this.#files.receive(body, fileName, account, rosterLimit);
    if (!received.ok) return received;
    const { uploadId, name, size } = received.value;
    const kept = [...(this.#uploads.get(key.id) ?? []), { rosterId: uploadId, projectId }];
    // A program that only hands over fills no disk.
    for (const { rosterId } of kept.splice(0, Math.max(0, kept.length - keptOfKey)))
      await this.#files.discard(rosterId, account);
    this.#uploads.set(key.id, kept);
    const file = this.#files.take(uploadId, account);
    if (!file.ok) return file;
    return ok({ rosterId: uploadId, name, size, sha256: await fileSha256Hex(file.value.path) });
  }

  async #apply(
    key: ApiKeyView,
    said: Said,
    file: { path: string; fileName: string },
    request: { idempotencyKey: string; fingerprint: string },
  ): Promise<Result<{ applied: Applied; replayed: boolean }>> {
    const { clock } = this.#centre.node;
    const done = await importRoster(this.#centre, said.projectId, file, accountOf(key), said.mapping, {
      choice: said.choice,
      // In one transaction with the roster: after a crash both are there or neither.
      also: async (db, preview) => {
        await db
          .deleteFrom('api_request')
          .where('at', '<', clock.now() - rememberedMs)
          .execute();
        await db
          .insertInto('api_request')
          .values({
            key_id: key.id,
            idempotency_key: request.idempotencyKey,
            fingerprint: request.fingerprint,
            answer_json: JSON.stringify(appliedSchema.parse(checkedOf(preview))),
            at: clock.now(),
          })
          .execute();
      },
    });
    if (!done.ok) {
      const { type, count } = done.refusal;
      // `check` tells what is wrong with the rows; a problem stays small.
      return type === 'roster-has-wrong-rows' ? refuse({ type, count }) : done;
    }
    return ok({ applied: appliedSchema.parse(checkedOf(done.value)), replayed: false });
  }

  async #answered(keyId: string, idempotencyKey: string) {
    return this.#centre.db
      .selectFrom('api_request')
      .selectAll()
      .where('key_id', '=', keyId)
      .where('idempotency_key', '=', idempotencyKey)
      .where('at', '>=', this.#centre.node.clock.now() - rememberedMs)
      .executeTakeFirst();
  }

  /** Of this key and for this project: an upload is nobody else's. */
  #take(key: ApiKeyView, { rosterId, projectId }: Said): Result<{ path: string; fileName: string }> {
    const known = this.#uploads
      .get(key.id)
      ?.some((one) => one.rosterId === rosterId && one.projectId === projectId);
    return known === true ? this.#files.take(rosterId, accountOf(key)) : refuse({ type: 'upload-gone' });
  }
}

const appliedSchema = rosterCheckSchema.omit({ errors: true, wrong: true, missing: true });

function checkedOf(preview: RosterPreview): Checked {
  return rosterCheckSchema.parse(preview);
}

/** What was asked, whatever the upload was called: after a lost answer the file may have been handed over again. */
async function fingerprintOf({ projectId, mapping, choice }: Said, path: string): Promise<string> {
  return sha256Hex(JSON.stringify([projectId, await fileSha256Hex(path), mapping, choice]));
}
