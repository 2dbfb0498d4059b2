/** A room's result that was received, opened again. */
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { refuse, ok, type Result } from '../../base/result.ts';
import { heldPart, roomRecordSchema, type RoomRecord } from '../../exam/package/room-result.ts';
import { verifyHeld, type Held } from '../../journal/held.ts';
import { openParcel } from '../../parcel/parcel.ts';
import type { BlobStore } from '../../store/blobs.ts';
import type { Centre } from '../centre.ts';

export interface KeptResult {
  readonly digest: string;
  /** Id of the room that made it. */
  readonly room: string;
  readonly record: RoomRecord;
  /** Files: the parcel as it came, and of its parts. */
  readonly parcel: string;
  readonly recordFile: string;
  readonly entries: string;
  /** null: an older version made the result. */
  readonly heldFile: string | null;
  /** The room's word of which entries it holds; null: there is none, or it is not this room's. */
  readonly held: string | null;
  readonly said: Held | null;
}

/** Verified on the way: refusal `blob-missing` when it is not here any more. */
export async function stageBlob(blobs: BlobStore, digest: string, file: string): Promise<Result<void>> {
  const stream = await blobs.stream(digest);
  if (!stream) return refuse({ type: 'blob-missing', digest });
  await pipeline(stream, createWriteStream(file));
  return ok();
}

/** @param folder of its own, which the caller removes */
export async function openKeptResult(
  centre: Pick<Centre, 'blobs' | 'node' | 'name'>,
  digest: string,
  folder: string,
): Promise<Result<KeptResult>> {
  const { keys } = centre.node;
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'result.parcel');
  const staged = await stageBlob(centre.blobs, digest, file);
  if (!staged.ok) return staged;
  const opened = await openParcel(file, {
    // It was received once: certificates that have expired since do not make it worthless.
    trust: { roots: [keys.signing.publicKey], at: null },
    identities: [keys.sealing.identity],
    recipient: keys.sealing.recipient,
    staging: join(folder, 'parts'),
    expect: {
      kind: 'room-result',
      to: { role: 'centre', code: centre.name.code },
      project: null,
      mode: null,
    },
    only: (name) => ['record.json', 'entries.jsonl', heldPart].includes(name),
  });
  if (!opened.ok) return opened;
  const { parts, manifest } = opened.value;
  const [record, entries, held] = ['record.json', 'entries.jsonl', heldPart].map((name) => parts.get(name));
  if (!record || !entries || record.sealed || entries.sealed) return refuse({ type: 'wrong-key' });
  const jws = held && !held.sealed ? await readFile(held.file, 'utf8') : null;
  const said = jws === null ? null : verifyHeld(jws, [keys.signing.publicKey]);
  // A word that is not this room's proves nothing; its result counts all the same.
  const proves = said?.ok === true && said.value.by.subject.id === manifest.from.id;
  return ok({
    digest,
    room: manifest.from.id,
    record: roomRecordSchema.parse(JSON.parse(await readFile(record.file, 'utf8'))),
    parcel: file,
    recordFile: record.file,
    entries: entries.file,
    heldFile: held && !held.sealed ? held.file : null,
    held: proves ? jws : null,
    said: proves ? said.value.held : null,
  });
}
