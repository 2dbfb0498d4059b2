/** What was spoken at this station goes to the centre, sealed: made once, kept as made, written to sticks as often as is asked. */
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { utf8 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { dealToPackages } from '../../exam/paper-day/deal-packages.ts';
import { namedDay, packageName } from '../../exam/paper-day/file-names.ts';
import { contentsPart, type VoiceAnswersContents, type VoiceFates } from '../../exam/paper-day/parcels.ts';
import type { VoiceCandidate, VoiceRun } from '../../exam/paper-day/voice-run.ts';
import type { MadeFile } from '../../node/stick/put-on-stick.ts';
import { makeParcel, type PartSource } from '../../parcel/parcel.ts';
import { diskRefusal } from '../../store/disk-refusal.ts';
import { transaction } from '../../store/sqlite.ts';
import { notReady } from '../station.ts';
import { wordsHere } from './package-words.ts';
import type { KeptTake } from './recordings.ts';
import { openPlan, type Voice } from './voice.ts';

/** A candidate who has finished, with the files of the takes. */
export interface Spoken {
  readonly candidate: VoiceCandidate;
  readonly files: ReadonlyMap<string, KeptTake | null>;
}

/** Refusals of the disk. */
export async function allSpoken(voice: Voice): Promise<Result<Spoken[]>> {
  const all: Spoken[] = [];
  for (const candidate of voice.run().candidates.values()) {
    const files = new Map<string, KeptTake | null>();
    for (const take of candidate.takes) {
      if (!take.end) continue;
      const file = await voice.recordings.asFile({ ...take, end: take.end });
      if (!file.ok) return file;
      files.set(take.id, file.value);
    }
    all.push({ candidate, files });
  }
  return ok(all);
}

/** A candidate as journal and package tell it. */
export function told({ candidate, files }: Spoken): VoiceFates['candidates'][number] {
  const { form, kit, variant, signedInAt, stage, pauses, again, takes } = candidate;
  if (stage.at !== 'finished') throw new Error(`${form} still speaks`);
  return {
    form,
    kit,
    variant,
    signedInAt,
    finishedAt: stage.finishedAt,
    whole: stage.whole,
    reason: stage.reason,
    pauses: [...pauses],
    again: [...again],
    takes: takes.flatMap(({ id, task, take, goesOn, rate, beganAt, end }) =>
      end === null
        ? []
        : [
            {
              task,
              take,
              goesOn,
              rate: rate === 16_000 ? 16_000 : 48_000,
              samples: end.samples,
              gaps: [...end.gaps],
              beganAt,
              endedAt: end.at,
              how: end.how,
              digest: files.get(id)?.digest ?? null,
            },
          ],
    ),
  };
}

export const packageRow = z.object({ id: z.string(), file: z.string(), file_name: z.string() });

/**
 * Packages of everybody who spoke here. Nobody spoke since they were made: the same again, byte by byte; others in their place where the centre has
 * said that it cannot use one.
 * Refusals: `key-not-activated`, `still-speaking`, `nobody-spoke`, those of the disk.
 */
export async function makePackages(voice: Voice): Promise<Result<VoiceRun>> {
  const { packed } = voice.run();
  const words = wordsHere(voice);
  const isGood = (id: string): boolean => madeFile(voice, id) !== null && words.get(id)?.state !== 'rejected';
  if (packed !== null && packed.every(isGood)) return ok(voice.run());
  const before = voice.run();
  // Asked first: nothing is made for nothing.
  const may = canPack(before);
  if (!may.ok) return may;
  const spoken = await allSpoken(voice);
  if (!spoken.ok) return spoken;
  const replaced = before.packed ?? before.packedBefore;
  const deals = dealToPackages(
    spoken.value.map((one) => ({
      what: one,
      bytes: [...one.files.values()].reduce((sum, file) => sum + (file?.size ?? 0), 0),
      files: one.files.size,
    })),
  );
  const made: { id: string; file: string; fileName: string }[] = [];
  for (const [i, deal] of deals.entries()) {
    const one = await makePackage(voice, deal, {
      part: i + 1,
      parts: deals.length,
      replaces: replaced[i] ?? null,
    });
    if (!one.ok) {
      await Promise.all(made.map(({ file }) => rm(join(packagesFolder(voice), file), { force: true })));
      return one;
    }
    made.push(one.value);
  }
  const { db } = voice.station.node;
  const ids = made.map(({ id }) => id);
  // Known here before the journal names them: a station that is killed in between makes others.
  transaction(db, () => {
    for (const { id, file, fileName } of made)
      db.prepare('INSERT INTO voice_package (id, file, file_name) VALUES (?, ?, ?)').run(id, file, fileName);
  });
  const done = await voice.does({ do: 'pack', packages: ids });
  await removeAllBut(voice, done.ok ? ids : (before.packed ?? []));
  return done;
}

async function removeAllBut(voice: Voice, ids: readonly string[]): Promise<void> {
  const { db } = voice.station.node;
  const rows = db.prepare('SELECT id, file, file_name FROM voice_package').all();
  for (const row of rows) {
    const { id, file } = packageRow.parse(row);
    if (ids.includes(id)) continue;
    db.prepare('DELETE FROM voice_package WHERE id = ?').run(id);
    await rm(join(packagesFolder(voice), file), { force: true });
  }
}

function canPack(run: VoiceRun): Result<void> {
  const still = [...run.candidates.values()].find(({ stage }) => stage.at !== 'finished');
  if (still) return refuse({ type: 'still-speaking', form: still.form });
  return run.candidates.size === 0 ? refuse({ type: 'nobody-spoke' }) : ok();
}

export const packagesFolder = ({ station }: Voice): string => join(station.node.data, 'voice-packages');

function madeFile(voice: Voice, id: string): { file: string; fileName: string } | null {
  const row = voice.station.node.db
    .prepare('SELECT id, file, file_name FROM voice_package WHERE id = ?')
    .get(id);
  if (!row) return null;
  const { file, file_name: fileName } = packageRow.parse(row);
  return { file: join(packagesFolder(voice), file), fileName };
}

async function makePackage(
  voice: Voice,
  spoken: readonly Spoken[],
  about: { readonly part: number; readonly parts: number; readonly replaces: string | null },
): Promise<Result<{ id: string; file: string; fileName: string }>> {
  const { station } = voice;
  const { node } = station;
  const missing = notReady(station);
  const [settings, admission, materials] = [station.settings(), station.admission(), station.materials()];
  if (missing || !settings || !admission) return refuse(missing ?? { type: 'station-not-admitted' });
  if (!materials) return refuse({ type: 'materials-missing' });
  const day = openPlan(voice);
  if (!day.ok) return day;
  const recipients = [admission.centreRecipient];
  const parts: PartSource[] = [];
  const candidates = spoken.map((one) => {
    const said = told(one);
    const takes = said.takes.map((take) => {
      if (take.digest === null) return { ...take, part: null };
      const name = `take-${parts.length + 1}`;
      parts.push({ name, content: { file: node.blobs.path(take.digest) }, recipients });
      return { ...take, part: name };
    });
    return { ...said, takes };
  });
  const contents: VoiceAnswersContents = { v: 1, tasks: day.value.plan.tasks, candidates };
  const id = `voice:${node.id}:${newId()}`;
  const heading = {
    kind: 'voice-answers',
    id,
    to: { role: 'centre', code: admission.centreCode },
    project: admission.project.id,
    session: materials.event.id,
    mode: admission.project.mode,
    createdAt: node.clock.now(),
    about: {
      event: materials.event,
      station: { id: node.id, number: settings.number },
      room: settings.room ?? '0000',
      ...about,
      candidates: candidates.length,
      takes: parts.length,
    },
  } as const;
  const file = `${newId()}.parcel`;
  try {
    await mkdir(packagesFolder(voice), { recursive: true });
    const made = await makeParcel(
      join(packagesFolder(voice), file),
      heading,
      [{ name: contentsPart, content: utf8(JSON.stringify(contents)), recipients }, ...parts],
      {
        name: { role: 'station', code: node.id, id: node.id },
        key: node.keys.signing,
        chain: admission.chain,
      },
    );
    const named = namedDay(materials.event, admission.region, admission.siteCode);
    const fileName = packageName('voice-answers', named, heading.about.room, about.part, id);
    return made.ok ? ok({ id, file, fileName }) : made;
  } catch (error) {
    const refusal = diskRefusal(error);
    if (!refusal) throw error;
    return refuse({ ...refusal, path: node.data });
  }
}

/** Copies in staging, for a stick. Refusals of the disk. */
export async function packageCopies(voice: Voice): Promise<Result<MadeFile[]>> {
  const { node } = voice.station;
  const copies: MadeFile[] = [];
  try {
    for (const id of voice.run().packed ?? []) {
      const made = madeFile(voice, id);
      if (!made) throw new Error(`package ${id} is in the journal and not here`);
      const file = join(node.staging, newId());
      copies.push({ file, fileName: made.fileName });
      await copyFile(made.file, file);
    }
    return ok(copies);
  } catch (error) {
    await Promise.all(copies.map(({ file }) => rm(file, { force: true })));
    const refusal = diskRefusal(error);
    if (!refusal) throw error;
    return refuse({ ...refusal, path: node.data });
  }
}
