/**
 * Names of the files of a day: people sort, send and ask for them by name. What a file is says its content, never its name.
 * Journals are named as the sites' handbooks name them: `END_PRINT_PP_PPPP_DMMGGG_ЭЭ_Название_предмета_AAAA_№станции.dat`.
 */
export interface NamedDay {
  /** Two digits as a rule. */
  readonly region: string;
  readonly site: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly stage: string;
  /** As people read it, in their script. */
  readonly subject: string;
  /** In Latin letters. */
  readonly subjectLatin: string;
}

export function namedDay(
  event: Pick<NamedDay, 'subjectLatin' | 'date' | 'stage'> & { readonly subjectName: string },
  region: string,
  site: string,
): NamedDay {
  const { subjectName: subject, subjectLatin, date, stage } = event;
  return { region, site, date, stage, subject, subjectLatin };
}

/** No file system has these in a name; a blank would break a handbook's pattern. */
function part(text: string, fallback: string): string {
  const legal = text
    .normalize('NFC')
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u001f<>:"/\\|?*\s_.]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 60);
  return legal === '' ? fallback : legal;
}

/** `DDMMYY`. */
export function dateCode(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${day}${month}${year.slice(-2)}`;
}

const digits = (text: string, length: number): string =>
  /^\d+$/.test(text) ? text.padStart(length, '0') : part(text, '0'.repeat(length));

function head({ region, site, date, stage }: NamedDay): string {
  return [digits(region, 2), digits(site, 4), dateCode(date), digits(stage, 2)].join('_');
}

/** @param room null: a reserve station that was in none */
export function printJournalName(day: NamedDay, room: string | null, station: string): string {
  const where = digits(room ?? '0', 4);
  return `END_PRINT_${head(day)}_${part(day.subject, day.subjectLatin)}_${where}_${part(station, '1')}.dat`;
}

export function voiceJournalName(day: NamedDay, room: string | null, seat: string): string {
  const where = digits(room ?? '0', 4);
  return `END_VOICE_${head(day)}_${where}_${part(day.subject, day.subjectLatin)}_${part(seat, '1')}.dat`;
}

export function scanJournalName(day: NamedDay, station: string): string {
  return `END_SCAN_${head(day)}_${part(day.subject, day.subjectLatin)}_${digits(station, 2)}.dat`;
}

const packageHeads = { 'answer-sheets': 'ANSWERS', 'voice-answers': 'VOICE' } as const;

/** @param id of the package: one that takes another's place has another name */
export function packageName(
  kind: keyof typeof packageHeads,
  day: NamedDay,
  room: string,
  number: number,
  id: string,
): string {
  const where = digits(room, 4);
  return `${packageHeads[kind]}_${head(day)}_${part(day.subject, day.subjectLatin)}_${where}_${number}_${part(id.slice(-8), '0')}.parcel`;
}

/** Folder of a subject and day, with one of each site in it. */
export function dayFolder(day: Pick<NamedDay, 'subjectLatin' | 'date'>): string {
  return `${part(day.subjectLatin, 'subject')}_${dateCode(day.date)}`;
}

/** What no file system has in a name, and what stands for it here. */
// oxlint-disable-next-line no-control-regex
const notInFolders = /[\u0000-\u001f<>:"/\\|?*\s.~]/gu;
/** Windows keeps these for devices. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** Folder of a site in it: no two sites have the same, whatever their codes are written with. */
export function siteFolder(site: string): string {
  const legal = site.replaceAll(notInFolders, (sign) => `~${(sign.codePointAt(0) ?? 0).toString(16)}`);
  return deviceName.test(legal) ? `${legal}~` : legal;
}

/** `801_matem_010627.zip`; further ones of the same site get a number. */
export function archiveName(day: Pick<NamedDay, 'site' | 'subjectLatin' | 'date'>, number = 1): string {
  return `${part(day.site, 'site')}_${dayFolder(day)}${number === 1 ? '' : `_${number}`}.zip`;
}

/**
 * `801_matem_010627_ekim.zip`: what a site fetches to print (ЭКИМ). Not the name of an archive of scans, which lies in the same folder: a
 * program that sends that one would take this for the beginning of it, and go on from there. Each revision has another name for the same reason.
 */
export function materialsArchiveName(
  day: Pick<NamedDay, 'site' | 'subjectLatin' | 'date'>,
  revision: number,
): string {
  return archiveName(day).replace(/\.zip$/, `_ekim${revision === 1 ? '' : `_${revision}`}.zip`);
}

export interface ReadArchiveName {
  readonly site: string;
  readonly subjectLatin: string;
  /** `DDMMYY`. */
  readonly date: string;
  readonly number: number;
}

/** null: not named by the rule. Upper case and what a browser adds to a second download do not matter. */
export function readArchiveName(name: string): ReadArchiveName | null {
  const read =
    /^(?<site>[^_/\\]{1,60})_(?<subject>[a-z0-9-]{1,60})_(?<date>\d{6})(?:_(?<number>\d{1,3}))?(?: ?\(\d+\))?\.zip$/i.exec(
      name,
    )?.groups;
  if (!read) return null;
  const { site = '', subject = '', date = '', number = '1' } = read;
  return { site, subjectLatin: subject.toLowerCase(), date, number: Number(number) };
}
