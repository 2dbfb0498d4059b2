/** What lies in a site's folder of an event: what it may fetch, what it has sent, and what is said of that. */
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { ok, type Result } from '../../../base/result.ts';
import { releaseAt } from '../../../exam/project/release.ts';
import { parcelFileName } from '../../../parcel/parcel.ts';
import { orderOf, releasedOf } from '../../authorise/release-order.ts';
import type { Centre } from '../../centre.ts';
import { consoleKeys } from '../../reserve-consoles/reserve-consoles.ts';
import type { Tables } from '../../storage/tables.ts';
import { siteArchive } from '../archives/site-archive.ts';
import { recordDayFetch } from '../fetches.ts';
import { makeAccessKey } from '../grants/give-out.ts';
import { accessOf, grantsOf } from '../grants/grants.ts';
import { siteMaterials } from '../materials/site-materials.ts';
import { makeWordsParcel, wordsFor, type OfSite } from '../packages/words.ts';
import { replyOf } from './reply.ts';

export interface FolderFile {
  readonly name: string;
  readonly size: number;
  readonly changedAt: number;
  from(start: number): Promise<Result<Readable>>;
}

/**
 * Parcels that are sealed anew each time they are made: the same file has to come on from where it was cut off. By what they say; the newest
 * few thousand, in memory: each is some kilobytes.
 */
export class MadeParcels {
  readonly #made = new Map<string, Promise<Result<{ name: string; content: Buffer }>>>();
  readonly #most = 2_000;

  of(
    key: string,
    make: () => Promise<Result<{ file: string; fileName: string }>>,
  ): Promise<Result<{ name: string; content: Buffer }>> {
    const known = this.#made.get(key);
    if (known) return known;
    const made = readMade(make);
    this.#made.set(key, made);
    const [oldest] = this.#made.keys();
    if (this.#made.size > this.#most && oldest !== undefined) this.#made.delete(oldest);
    made.then(
      (result) => {
        if (!result.ok) this.#made.delete(key);
      },
      () => this.#made.delete(key),
    );
    return made;
  }
}

async function readMade(
  make: () => Promise<Result<{ file: string; fileName: string }>>,
): Promise<Result<{ name: string; content: Buffer }>> {
  const made = await make();
  if (!made.ok) return made;
  try {
    return ok({ name: made.value.fileName, content: await readFile(made.value.file) });
  } finally {
    await rm(made.value.file, { force: true });
  }
}

/** Where nothing is prepared yet, there is nothing to fetch; that is no failure. */
export async function filesFor(
  centre: Centre,
  made: MadeParcels,
  of: OfSite,
  account: string,
): Promise<FolderFile[]> {
  const files = [...(await toFetch(centre, made, of, account)), ...(await wordsFile(centre, made, of))];
  for (const row of await sentFiles(centre, of)) {
    files.push(sentFile(row));
    if (row.upload_id === null) continue;
    const reply = await replyOf(centre, row);
    files.push(inMemory(`${row.name}.txt`, Buffer.from(reply.text), reply.at));
  }
  return files;
}

async function toFetch(
  centre: Centre,
  made: MadeParcels,
  of: OfSite,
  account: string,
): Promise<FolderFile[]> {
  const { projectId, eventId, siteCode } = of;
  const taken = { way: 'file', by: account } as const;
  const files: FolderFile[] = [];
  const materials = await siteMaterials(centre, projectId, eventId, siteCode);
  if (materials.ok) {
    const { parcel, revision, madeAt } = materials.value;
    files.push({
      name: parcelFileName(parcel.manifest),
      size: parcel.size,
      changedAt: madeAt,
      from: async (start) => {
        if (start === 0) await recordDayFetch(centre, { ...of, what: 'materials', number: revision, taken });
        return ok(await parcel.from(start));
      },
    });
  }
  const archive = await siteArchive(centre, of);
  if (archive.ok) {
    const { row, fileName, from } = archive.value;
    files.push({
      name: fileName,
      size: row.size,
      changedAt: row.made_at,
      from: async (start) => {
        if (start === 0)
          await recordDayFetch(centre, { ...of, what: 'archive', number: row.revision, taken });
        return ok(await from(start));
      },
    });
  }
  const [grants, access] = [
    await grantsOf(centre.db, eventId, siteCode),
    await accessOf(centre.db, eventId, siteCode),
  ];
  const newest = grants.at(-1);
  if (!newest) return files;
  const says = [access, await readersOf(centre, of), await releaseOf(centre, of)];
  const key = `key ${eventId} ${siteCode} ${newest.number} ${newest.madeAt} ${JSON.stringify(says)}`;
  const parcel = await made.of(key, () => makeAccessKey(centre, of, newest.number));
  // One that opens nothing any more is not shown.
  if (!parcel.ok) return files;
  const { name, content } = parcel.value;
  const file = inMemory(name, content, newest.madeAt);
  files.push({
    ...file,
    from: async (start) => {
      if (start === 0)
        await recordDayFetch(centre, { ...of, what: 'access-key', number: newest.number, taken });
      return file.from(start);
    },
  });
  return files;
}

/** To whom it is sealed: a site that was registered anew, or has a further console, gets another file. */
async function readersOf({ db }: Centre, of: OfSite): Promise<readonly string[]> {
  return (await consoleKeys(db, of)).map(({ sealingKey }) => sealingKey);
}

async function releaseOf(centre: Centre, { projectId, eventId }: OfSite): Promise<number | null> {
  const thing = await releasedOf(centre, projectId, eventId);
  return thing.ok ? releaseAt(thing.value, await orderOf(centre, projectId, eventId)) : null;
}

async function wordsFile(centre: Centre, made: MadeParcels, of: OfSite): Promise<FolderFile[]> {
  const { words } = await wordsFor(centre, of);
  if (words.length === 0) return [];
  const said = JSON.stringify([words, await readersOf(centre, of)]);
  const says = createHash('sha256').update(said).digest('hex');
  const parcel = await made.of(`words ${of.eventId} ${of.siteCode} ${says}`, () =>
    makeWordsParcel(centre, of),
  );
  return parcel.ok
    ? [inMemory(parcel.value.name, parcel.value.content, Math.max(...words.map(({ at }) => at)))]
    : [];
}

export function sentFiles({ db }: Pick<Centre, 'db'>, { eventId, siteCode }: OfSite) {
  return db
    .selectFrom('gateway_file')
    .selectAll()
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .orderBy('name')
    .execute();
}

/** It is listed as what came; the centre does not give it out again: the site has it. */
function sentFile({ name, size, at }: Tables['gateway_file']): FolderFile {
  return {
    name,
    size,
    changedAt: at,
    from: () => Promise.resolve({ ok: false, refusal: { type: 'gateway-sent-not-given-out' } }),
  };
}

function inMemory(name: string, content: Buffer, changedAt: number): FolderFile {
  return {
    name,
    size: content.length,
    changedAt,
    from: (start) => Promise.resolve(ok(Readable.from([content.subarray(start)], { objectMode: false }))),
  };
}
