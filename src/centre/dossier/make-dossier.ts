/** A candidate's dossier: what is known, collected in a folder of its own, as a view, a printed sheet or a parcel. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { utf8 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { ok, type Result } from '../../base/result.ts';
import { filePartName } from '../../exam/answer/answer-files.ts';
import { dossierParts, type Dossier } from '../../exam/package/dossier.ts';
import { makeParcel, parcelFileName, type PartSource } from '../../parcel/parcel.ts';
import type { Centre } from '../centre.ts';
import { collectEntries, type Collected, type DossierLine } from './collect-entries.ts';
import { findCandidate, type FoundCandidate, type Whose } from './find-candidate.ts';
import { openKeptResult, stageBlob, type KeptResult } from './open-result.ts';

export type DossierForm = 'page' | 'pdf' | 'parcel';

export interface MadeDossier {
  readonly dossier: Dossier;
  readonly lines: readonly DossierLine[];
  readonly seatNumber: number | null;
  /** Where what was collected lies. */
  readonly folder: string;
  readonly collected: Collected;
  /** By their part's name: rooms' words of which entries they hold. */
  readonly held: ReadonlyMap<string, string>;
}

/** Collects it, enters in the journal who made it and of whom, and hands it to `use`; afterwards nothing of it is left here. */
export async function withDossier<T>(
  centre: Centre,
  whose: Whose,
  { form, by }: { readonly form: DossierForm; readonly by: string },
  use: (made: MadeDossier) => Promise<Result<T>>,
): Promise<Result<T>> {
  const found = await findCandidate(centre, whose);
  if (!found.ok) return found;
  const folder = join(centre.node.staging, `dossier-${newId()}`);
  await mkdir(folder, { recursive: true });
  try {
    const made = await collect(centre, found.value, by, folder);
    if (!made.ok) return made;
    const used = await use(made.value);
    if (!used.ok) return used;
    await centre.node.journal.append([
      {
        kind: 'dossier-made',
        subject: `session:${whose.sessionId}`,
        data: { by, candidate: whose.admissionNumber, project: whose.projectId, form },
      },
    ]);
    return used;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function collect(
  centre: Centre,
  candidate: FoundCandidate,
  by: string,
  folder: string,
): Promise<Result<MadeDossier>> {
  const kept = await resultsOf(centre, candidate, folder);
  if (!kept.ok) return kept;
  const inForce = kept.value.find(({ row }) => row.inForce);
  const place = inForce?.result.record.sittings.findIndex(({ id }) => id === candidate.id) ?? -1;
  const index = place === -1 ? candidate.index : place + 1;
  const { session, room, admissionNumber } = candidate;
  const collected = await collectEntries(centre, {
    about: { sitting: candidate.id, admissionNumber, session: session.id, room: room.code, index },
    site: candidate.site.node,
    results: kept.value
      .toSorted((a, b) => Number(b.row.inForce) - Number(a.row.inForce))
      .map(({ result }) => result),
    entriesFile: join(folder, dossierParts.entries),
    differingFile: join(folder, dossierParts.differing),
  });
  if (!collected.ok) return collected;
  const heldOf = new Map<KeptResult, string>();
  for (const { result } of kept.value)
    if (result.held !== null) heldOf.set(result, `held-${heldOf.size + 1}.jws`);
  const dossier: Dossier = {
    v: 1,
    madeAt: centre.node.clock.now(),
    by,
    project: candidate.project,
    session,
    site: { code: candidate.site.code, name: candidate.site.name },
    room,
    candidate: {
      sitting: candidate.id,
      admissionNumber,
      name: candidate.name,
      index,
      photo: candidate.photo,
    },
    state: candidate.state,
    results: kept.value.map(({ row, result }) => ({
      digest: result.digest,
      receivedAt: row.receivedAt,
      entries: row.entries,
      inForce: row.inForce,
      receipt: row.receipt,
      held: heldOf.get(result) ?? null,
    })),
    chains: collected.value.chains.map(({ origin, epoch, tier, hashes, from, proved }, i) => ({
      origin,
      epoch,
      tier,
      hashes: hashes.length === 0 ? null : `hashes-${i + 1}.txt`,
      held: proved && from ? (heldOf.get(from) ?? null) : null,
    })),
    entries: collected.value.entries,
    differing: collected.value.differing,
    ...(await answersOf(centre, candidate)),
  };
  return ok({
    dossier,
    lines: collected.value.lines,
    seatNumber: candidate.seatNumber,
    folder,
    collected: collected.value,
    held: new Map([...heldOf].map(([{ held }, name]) => [name, held ?? ''])),
  });
}

interface ResultRow {
  readonly receivedAt: number;
  readonly entries: number;
  readonly inForce: boolean;
  readonly receipt: string | null;
}

/** In the order in which they came. */
async function resultsOf(
  centre: Centre,
  { session, room }: FoundCandidate,
  folder: string,
): Promise<Result<{ row: ResultRow; result: KeptResult }[]>> {
  const rows = await centre.db
    .selectFrom('result')
    .select(['parcel_digest', 'received_at', 'entries', 'receipt', 'held_json', 'problem_json'])
    .where('session_id', '=', session.id)
    .where('room_code', '=', room.code)
    .orderBy('received_at')
    .orderBy('id')
    .execute();
  const newest = rows.findLast((row) => row.problem_json === null);
  const kept: { row: ResultRow; result: KeptResult }[] = [];
  for (const row of rows) {
    const result = await openKeptResult(centre, row.parcel_digest, join(folder, `result-${kept.length + 1}`));
    if (!result.ok) return result;
    kept.push({
      result: result.value,
      row: {
        receivedAt: row.received_at,
        entries: row.entries,
        inForce: row === newest,
        receipt: row.held_json === null ? row.receipt : null,
      },
    });
  }
  return ok(kept);
}

/** The answers that count, the files that they name, and the score. */
async function answersOf(
  { db }: Centre,
  { session, admissionNumber }: FoundCandidate,
): Promise<Pick<Dossier, 'answers' | 'files' | 'score'>> {
  const answers = await db
    .selectFrom('answer')
    .selectAll()
    .where('session_id', '=', session.id)
    .where('admission_number', '=', admissionNumber)
    .orderBy('item')
    .execute();
  const files = await db
    .selectFrom('answer_file')
    .selectAll()
    .where('session_id', '=', session.id)
    .where('admission_number', '=', admissionNumber)
    .orderBy('item')
    .orderBy('response')
    .execute();
  const score = await db
    .selectFrom('score')
    .select(['score', 'max_score', 'needs_marking'])
    .where('session_id', '=', session.id)
    .where('admission_number', '=', admissionNumber)
    .executeTakeFirst();
  return {
    answers: answers.map((row) => ({
      item: row.item,
      responses: JSON.parse(row.responses_json) as Dossier['answers'][number]['responses'],
      changes: row.changes,
      keptAt: row.kept_at,
    })),
    files: files.map((row) => ({
      item: row.item,
      response: row.response,
      name: row.name,
      mediaType: row.media_type,
      size: row.size,
      sha256: row.digest,
      kept: row.kept === 1,
    })),
    score: score
      ? { score: score.score, maxScore: score.max_score, needsMarking: score.needs_marking }
      : null,
  };
}

/** @returns the parcel, in the dossier's folder */
export async function dossierParcel(
  centre: Centre,
  made: MadeDossier,
): Promise<Result<{ file: string; fileName: string }>> {
  const { dossier, folder, collected } = made;
  const clear = (name: string, content: PartSource['content']): PartSource => ({
    name,
    content,
    recipients: [],
  });
  const parts: PartSource[] = [
    clear(dossierParts.about, utf8(`${JSON.stringify(dossier, null, 2)}\n`)),
    clear(dossierParts.entries, { file: join(folder, dossierParts.entries) }),
  ];
  if (dossier.differing > 0)
    parts.push(clear(dossierParts.differing, { file: join(folder, dossierParts.differing) }));
  for (const [i, { hashes }] of collected.chains.entries()) {
    const name = dossier.chains[i]?.hashes ?? null;
    if (name === null) continue;
    const file = join(folder, name);
    await writeFile(file, hashes.map((hash) => `${hash}\n`).join(''));
    parts.push(clear(name, { file }));
  }
  for (const [name, held] of made.held) parts.push(clear(name, utf8(held)));
  const blobs = [
    ...(dossier.candidate.photo ? [[dossierParts.photo, dossier.candidate.photo.sha256] as const] : []),
    ...new Map(dossier.files.filter(({ kept }) => kept).map(({ sha256 }) => [filePartName(sha256), sha256])),
  ];
  for (const [name, digest] of blobs) {
    const file = join(folder, name);
    const staged = await stageBlob(centre.blobs, digest, file);
    if (!staged.ok) return staged;
    parts.push(clear(name, { file }));
  }
  const file = join(folder, 'dossier.parcel');
  const { project, session, candidate } = dossier;
  const parcel = await makeParcel(
    file,
    {
      kind: 'dossier',
      id: `dossier:${session.id}:${candidate.admissionNumber}:${dossier.madeAt}`,
      to: { role: 'centre', code: centre.name.code },
      project: project.id,
      session: session.id,
      mode: project.mode,
      createdAt: dossier.madeAt,
      about: { admissionNumber: candidate.admissionNumber, entries: dossier.entries },
    },
    parts,
    { name: centre.name, key: centre.node.keys.signing, chain: [] },
  );
  return parcel.ok ? ok({ file, fileName: parcelFileName(parcel.value) }) : parcel;
}
