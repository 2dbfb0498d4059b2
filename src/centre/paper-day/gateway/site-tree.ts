/**
 * The folders that an account of a site sees by FTP and SFTP, and what becomes of what it sends:
 *
 * ```
 * /Distr                                installers and manuals
 * /matem_010627/801                     materials, access key, replies; archives, packages and journals are sent here
 * ```
 */
import { Readable } from 'node:stream';
import { ok, refuse, type Refusal, type Result } from '../../../base/result.ts';
import type { Entry, ReceivedFile, Tree, TreePath } from '../../../courier/gateway/tree.ts';
import {
  archiveName,
  dateCode,
  dayFolder,
  readArchiveName,
  siteFolder,
} from '../../../exam/paper-day/file-names.ts';
import type { Limit } from '../../../node/users/limit.ts';
import { archiveLimits } from '../../../recognise/archive.ts';
import type { Centre } from '../../centre.ts';
import { takeArchive } from '../../scans/uploads/uploads.ts';
import type { OfSite } from '../packages/words.ts';
import { receiveOfDay } from '../receiving/receive.ts';
import { filesFor, type FolderFile, type MadeParcels } from './site-files.ts';

const distribution = 'Distr';
/** Of a parcel; the gateways take no more of any file. */
const parcelLimit = 8 * 1024 ** 3;

type SiteLimit = Extract<Limit, { to: 'site' }>;

interface EventFolder extends OfSite {
  readonly name: string;
  readonly subjectLatin: string;
  readonly date: string;
  readonly changedAt: number;
}

export class SiteTree implements Tree {
  readonly owner: string;
  readonly #centre: Centre;
  readonly #made: MadeParcels;
  readonly #limit: SiteLimit;
  readonly #mark: string;

  /** @param mark of the password with which it was opened */
  constructor(
    centre: Centre,
    made: MadeParcels,
    { account, mark }: { readonly account: string; readonly mark: string },
    limit: SiteLimit,
  ) {
    this.owner = account;
    this.#mark = mark;
    this.#centre = centre;
    this.#made = made;
    this.#limit = limit;
  }

  async list(path: TreePath): Promise<Result<readonly Entry[]>> {
    const still = this.#stillAllowed();
    if (!still.ok) return still;
    const [first, second] = path;
    if (first === undefined)
      return ok([
        folder(distribution, this.#centre.node.clock.now()),
        ...(await this.#events()).map(({ name, changedAt }) => folder(name, changedAt)),
      ]);
    if (first === distribution && path.length === 1) return ok((await this.#distributed()).map(entryOf));
    const event = await this.#event(first);
    if (!event || path.length > 2) return noSuchFile();
    if (second === undefined) return ok([folder(siteFolder(event.siteCode), event.changedAt)]);
    if (second !== siteFolder(event.siteCode)) return noSuchFile();
    return ok((await this.#filesOf(event)).map(entryOf));
  }

  async stat(path: TreePath): Promise<Result<Entry>> {
    const name = path.at(-1);
    if (name === undefined) return ok(folder('', this.#centre.node.clock.now()));
    const listed = await this.list(path.slice(0, -1));
    if (!listed.ok) return listed;
    const found = listed.value.find((entry) => entry.name === name);
    return found ? ok(found) : noSuchFile();
  }

  async read(path: TreePath, start: number): Promise<Result<{ size: number; stream: Readable }>> {
    const still = this.#stillAllowed();
    if (!still.ok) return still;
    const file = await this.#file(path);
    if (!file) return noSuchFile();
    const content = await file.from(start);
    return content.ok ? ok({ size: file.size, stream: content.value }) : content;
  }

  async accepts(path: TreePath): Promise<Result<{ limit: number }>> {
    const still = this.#stillAllowed();
    if (!still.ok) return still;
    const place = await this.#place(path);
    if (!place.ok) return place;
    return ok({ limit: place.value.archive ? archiveLimits.archive : parcelLimit });
  }

  /** Kept by who takes it before the folder lists it: what was killed in between comes again, and changes nothing. */
  async received(path: TreePath, { file, size, sha256 }: ReceivedFile): Promise<Result<void>> {
    const still = this.#stillAllowed();
    if (!still.ok) return still;
    const place = await this.#place(path);
    if (!place.ok) return place;
    const { event, name, archive } = place.value;
    const centre = this.#centre;
    const before = await centre.db
      .selectFrom('gateway_file')
      .leftJoin('scan_upload', 'scan_upload.id', 'gateway_file.upload_id')
      .select(['sha256', 'scan_upload.state'])
      .where('event_id', '=', event.eventId)
      .where('site_code', '=', event.siteCode)
      .where('name', '=', name)
      .executeTakeFirst();
    // The same again is the same upload; where nothing came of that one, it is tried once more.
    const isOver = before?.state === 'refused' || before?.state === 'cancelled';
    if (before?.sha256 === sha256 && !isOver) return ok();
    let uploadId: string | null = null;
    if (archive) {
      const taken = await takeArchive(centre, {
        projectId: event.projectId,
        path: file,
        fileName: name,
        way: 'gateway',
        account: this.owner,
        limit: this.#limit,
      });
      if (!taken.ok) return taken;
      ({ uploadId } = taken.value);
    } else {
      const taken = await receiveOfDay(centre, file, {
        projectId: event.projectId,
        siteCode: event.siteCode,
        way: 'gateway',
        by: this.owner,
      });
      if (!taken.ok) return taken;
    }
    const values = { size, sha256, at: centre.node.clock.now(), by_account: this.owner, upload_id: uploadId };
    await centre.db
      .insertInto('gateway_file')
      .values({ event_id: event.eventId, site_code: event.siteCode, name, ...values })
      .onConflict((conflict) => conflict.columns(['event_id', 'site_code', 'name']).doUpdateSet(values))
      .execute();
    return ok();
  }

  /** An account that was switched off, is another site's now or has another password sees nothing more on a connection that is open. */
  #stillAllowed(): Result<void> {
    const { accounts } = this.#centre.node;
    const account = accounts.find(this.owner);
    const limit = account?.limit;
    return account?.active === true &&
      accounts.passwordMark(this.owner) === this.#mark &&
      limit?.to === 'site' &&
      limit.projectId === this.#limit.projectId &&
      limit.siteCode === this.#limit.siteCode
      ? ok()
      : refuse({ type: 'gateway-folder-only-for-sites' });
  }

  /** Events in which the site takes part. */
  async #events(): Promise<EventFolder[]> {
    const { projectId, siteCode } = this.#limit;
    const rows = await this.#centre.db
      .selectFrom('event')
      .innerJoin('event_site', 'event_site.event_id', 'event.id')
      .select(['event.id', 'event.code', 'event.subject_latin', 'event.date', 'event.created_at'])
      .where('event.project_id', '=', projectId)
      .where('event_site.site_code', '=', siteCode)
      .orderBy('event.date')
      .orderBy('event.code')
      .execute();
    const used = new Map<string, number>();
    return rows.map((row) => {
      const { subject_latin: subjectLatin, date } = row;
      const name = dayFolder({ subjectLatin, date });
      // Two of one subject on one day: the main and a further stage.
      const times = (used.get(name) ?? 0) + 1;
      used.set(name, times);
      return {
        projectId,
        eventId: row.id,
        siteCode,
        name: times === 1 ? name : `${name}_${times}`,
        subjectLatin,
        date,
        changedAt: row.created_at,
      };
    });
  }

  async #event(name: string): Promise<EventFolder | undefined> {
    return (await this.#events()).find((event) => event.name === name);
  }

  #filesOf(event: EventFolder): Promise<FolderFile[]> {
    return filesFor(this.#centre, this.#made, event, this.owner);
  }

  async #file(path: TreePath): Promise<FolderFile | undefined> {
    const [first, second, third] = path;
    if (first === distribution && path.length === 2)
      return (await this.#distributed()).find(({ name }) => name === second);
    const event = first === undefined ? undefined : await this.#event(first);
    if (!event || path.length !== 3 || second !== siteFolder(event.siteCode)) return undefined;
    return (await this.#filesOf(event)).find(({ name }) => name === third);
  }

  async #distributed(): Promise<FolderFile[]> {
    const list = await this.#centre.distribution.list();
    if (!list.ok) return [];
    return list.value.files.map(({ name, size }) => ({
      name,
      size,
      changedAt: 0,
      from: async (start) => {
        const file = await this.#centre.distribution.giveOut(name);
        return file.ok ? file.value.from(start) : file;
      },
    }));
  }

  /** Where a file of this name may be sent to, before its first byte. */
  async #place(path: TreePath): Promise<Result<{ event: EventFolder; name: string; archive: boolean }>> {
    const [first, second, name] = path;
    const event = first === undefined ? undefined : await this.#event(first);
    if (!event || path.length !== 3 || name === undefined || second !== siteFolder(event.siteCode))
      return refuse({ type: 'gateway-no-uploads-here' });
    // Names of what the centre lays there.
    if (/^(paper-materials|access-key|package-words)_|_ekim(_\d+)?\.zip$/i.test(name))
      return refuse({ type: 'gateway-no-uploads-here' });
    if (/\.(parcel|dat)$/i.test(name)) return ok({ event, name, archive: false });
    const wrong = wrongArchiveName(event, name);
    return wrong === null ? ok({ event, name, archive: true }) : refuse(wrong);
  }
}

/** null: it is named by the rule, and after this folder. */
export function wrongArchiveName(
  event: Pick<EventFolder, 'siteCode' | 'subjectLatin' | 'date'>,
  name: string,
): Refusal | null {
  const expected = archiveName({ ...event, site: event.siteCode });
  const read = readArchiveName(name);
  if (!read) return { type: 'archive-name-not-by-rule', expected };
  const own = siteFolder(event.siteCode);
  if (read.site.toLowerCase() !== own.toLowerCase())
    return { type: 'archive-of-another-site', site: read.site, own };
  const here = dayFolder(event).toLowerCase();
  const found = `${read.subjectLatin}_${read.date}`;
  return found === here || (read.date === dateCode(event.date) && here.startsWith(`${read.subjectLatin}_`))
    ? null
    : { type: 'archive-of-another-subject', found, expected: here };
}

function folder(name: string, changedAt: number): Entry {
  return { name, kind: 'folder', size: 0, changedAt };
}

function entryOf({ name, size, changedAt }: FolderFile): Entry {
  return { name: name.normalize('NFC'), kind: 'file', size, changedAt };
}

function noSuchFile(): Result<never> {
  return refuse({ type: 'gateway-no-such-file' });
}
