/** Opening the paper in the room: unsealed in memory, sealed again at once under a start key that only the start discloses. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromBase64, toHex } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { openParcel } from '../../parcel/parcel.ts';
import {
  newStartPhrase,
  readSessionKeys,
  sealWithStartKey,
  startKeyFromPhrase,
} from '../../trust/release.ts';
import { openBytes } from '../../trust/seal.ts';
import { roomCodeOf, type Room } from '../room.ts';
import type { Acting } from '../state/room-state.ts';

/** @param acting not given: it happens by itself, inside its window. */
export async function authoriseOnline(room: Room, sessionId: string, acting?: Acting): Promise<Result<void>> {
  if (!room.link) return refuse({ type: 'room-not-registered-at-site' });
  const answer = await room.link.client.get<{ sealedKeys: string }>(`/authorisation/${sessionId}`);
  return answer.ok ? open(room, sessionId, fromBase64(answer.value.sealedKeys), acting) : answer;
}

export async function authoriseFromFile(room: Room, file: string, acting: Acting): Promise<Result<void>> {
  const { node } = room;
  const membership = room.membership();
  if (!membership) return refuse({ type: 'room-not-registered-at-site' });
  const opened = await openParcel(file, {
    trust: { roots: [membership.centreSigningKey], at: node.clock.now() },
    identities: [],
    // The part is sealed for us and opened below; here it only travels.
    recipient: '',
    staging: join(node.staging, newId()),
    expect: {
      kind: 'room-authorisation',
      to: { role: 'room', code: roomCodeOf(room) },
      project: membership.projectId,
      mode: membership.mode,
    },
  });
  if (!opened.ok) return opened;
  try {
    const part = opened.value.parts.get('keys');
    const { session } = opened.value.manifest;
    if (!part || session === null) return refuse({ type: 'wrong-key' });
    return await open(room, session, new Uint8Array(await readFile(part.file)), acting);
  } finally {
    await opened.value.dispose();
  }
}

async function open(
  room: Room,
  sessionId: string,
  sealedKeys: Uint8Array,
  acting: Acting | undefined,
): Promise<Result<void>> {
  const { node, state } = room;
  const session = state.packageSession(sessionId);
  const subject = session?.subjects[0];
  if (!session || !subject) return refuse({ type: 'no-such-session-here' });
  if (state.session(sessionId).status !== 'loaded') return refuse({ type: 'already-authorised' });
  const keys = await openBytes(sealedKeys, { identities: [node.keys.sealing.identity] });
  if (!keys.ok) return keys;
  const identities = readSessionKeys(keys.value);
  if (!identities.ok) return identities;
  const sealed = await node.blobs.read(subject.paperSha256);
  if (!sealed) return refuse({ type: 'papers-missing', papers: [subject.paperSha256.slice(0, 8)] });
  const paper = await openBytes(sealed, { identities: identities.value });
  if (!paper.ok) return paper;
  const words = newStartPhrase();
  const startKey = await startKeyFromPhrase(words, sessionId);
  const { digest } = await node.blobs.put(sealWithStartKey(paper.value, startKey));
  // The words before the entry: an authorised session whose paper nobody can open would be worse than a paper that nobody was told of.
  node.db
    .prepare(
      'INSERT INTO opened_paper (session_id, digest, words, start_key) VALUES (?, ?, ?, ?) ON CONFLICT (session_id) DO UPDATE SET digest = excluded.digest, words = excluded.words, start_key = excluded.start_key',
    )
    .run(sessionId, digest, words.join(' '), toHex(startKey));
  const decided = await state.commandSession(sessionId, { type: 'authorise' }, acting);
  room.changed.notify();
  room.link?.uplink.nudge();
  return decided.ok ? ok() : decided;
}

export interface OpenedPaper {
  readonly digest: string;
  readonly words: string[];
  /** What the words give, hex: seats get it with the start and need not work it out. */
  readonly startKey: string | null;
}

/** Every heartbeat of a seat asks. */
const selectOpened = new WeakMap<DatabaseSync, StatementSync>();

export function openedPaper(room: Room, sessionId: string): OpenedPaper | null {
  const { db } = room.node;
  const select =
    selectOpened.get(db) ??
    db.prepare('SELECT digest, words, start_key FROM opened_paper WHERE session_id = ?');
  selectOpened.set(db, select);
  const row = select.get(sessionId);
  if (!row) return null;
  const startKey = row['start_key'];
  return {
    digest: String(row['digest']),
    words: String(row['words']).split(' '),
    startKey: typeof startKey === 'string' ? startKey : null,
  };
}

/** After the end nobody opens the paper here again: its key, its words and its ciphertext go, from the file and from its log. */
export async function destroyPaper(room: Room, sessionId: string): Promise<void> {
  const { db, blobs } = room.node;
  const paper = openedPaper(room, sessionId);
  if (!paper) return;
  // Deleted pages are overwritten with zeros.
  db.exec('PRAGMA secure_delete = ON');
  db.prepare('DELETE FROM opened_paper WHERE session_id = ?').run(sessionId);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  await blobs.remove(paper.digest);
}
