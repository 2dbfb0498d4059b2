/** Stations of a site, with real certificates, and the files that they make. */
import { mkdtempSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { utf8 } from '../../../base/bytes.ts';
import { newId } from '../../../base/ids.ts';
import type { JsonValue } from '../../../base/json.ts';
import { expectOk } from '../../../base/result.ts';
import { siteDayPart, type SiteDayReport } from '../../../exam/paper-day/hand-up.ts';
import { ownNumber } from '../../../exam/form/sheet-number.ts';
import {
  contentsPart,
  stationJournalParts,
  type DayEvent,
  type VoiceAnswersContents,
} from '../../../exam/paper-day/parcels.ts';
import type { StationKind } from '../../../exam/paper-day/site-day.ts';
import { openJournal, type Journal } from '../../../journal/journal.ts';
import {
  makeParcel,
  type ParcelHeading,
  type ParcelSender,
  type PartSource,
} from '../../../parcel/parcel.ts';
import { issueCertificate, type NodeName } from '../../../trust/certificate.ts';
import { sha256Hex } from '../../../trust/digest.ts';
import { createNodeKeys, type NodeKeys } from '../../../trust/keys.ts';
import type { TestCentre } from '../../centre.fixture.ts';
import { dayEventOf, eventOnDay } from '../event-day.ts';
import type { TestDay } from '../paper-day.fixture.ts';
import type { Carried } from './verify-of-site.ts';

export interface SentPage {
  readonly content: Uint8Array;
  readonly number: string | null;
  readonly side?: 1 | 2;
  readonly kit?: string | null;
  /** What the contents say of it, where that is to be another digest. */
  readonly digest?: string;
}

export interface SentPackage {
  readonly room?: string;
  readonly part?: number;
  readonly pages: readonly SentPage[];
  readonly id?: string;
  readonly replaces?: string | null;
  /** What its heading declares, where that is to be another number. */
  readonly declared?: number;
  readonly more?: Partial<ParcelHeading>;
  /** Parts beside those that are named. */
  readonly extra?: readonly PartSource[];
}

export interface TestStationOfSite {
  readonly id: string;
  readonly event: DayEvent;
  package(sent: SentPackage): Promise<string>;
  voice(takes: readonly Uint8Array[], id?: string): Promise<string>;
  journal(fates: JsonValue, closing?: number, line?: (text: string) => string): Promise<string>;
  close(): Promise<void>;
}

let stationKeys: Promise<NodeKeys> | null = null;
const forever = { notBefore: 0, notAfter: 4_000_000_000_000 };

function chainOfSite({ centre }: TestCentre, siteCode: string, keys: NodeKeys) {
  const name: NodeName = { role: 'site', code: siteCode, id: `node-of-${siteCode}` };
  const certificate = issueCertificate(
    { name, signingKey: keys.signing.publicKey, sealingKey: keys.sealing.recipient },
    { name: centre.name, key: centre.node.keys.signing },
    forever,
  );
  return { name, certificate };
}

export async function stationAt(
  test: TestCentre,
  day: TestDay,
  {
    site = 'S1',
    kind = 'scan',
    number = '1',
    room = null,
  }: { site?: 'S1' | 'S2'; kind?: StationKind; number?: string; room?: string | null } = {},
): Promise<TestStationOfSite> {
  const { centre, folder } = test;
  const { node } = centre;
  const keys = await (stationKeys ??= createNodeKeys());
  const id = newId();
  const of = chainOfSite(test, site, day.sites[site]);
  const name: NodeName = { role: 'station', code: id, id };
  const sender: ParcelSender = {
    name,
    key: keys.signing,
    chain: [
      issueCertificate(
        { name, signingKey: keys.signing.publicKey, sealingKey: keys.sealing.recipient },
        { name: of.name, key: day.sites[site].signing },
        forever,
      ),
      of.certificate,
    ],
  };
  const event = dayEventOf(expectOk(await eventOnDay(centre.db, day.projectId, day.eventId)));
  const recipients = [node.keys.sealing.recipient];
  let journal: Journal | null = null;
  const parcel = async (
    heading: Partial<ParcelHeading> & Pick<ParcelHeading, 'kind' | 'id'>,
    parts: readonly PartSource[],
  ) => {
    const file = join(folder, 'staging', `${newId()}.parcel`);
    expectOk(
      await makeParcel(
        file,
        {
          to: { role: 'centre', code: 'CENTRE' },
          project: day.projectId,
          session: event.id,
          mode: 'formal',
          createdAt: node.clock.now(),
          about: {},
          ...heading,
        },
        parts,
        sender,
      ),
    );
    return file;
  };
  return {
    id,
    event,
    package({
      room: of = '0001',
      part = 1,
      pages,
      id: own = newId(),
      replaces = null,
      declared,
      more,
      extra = [],
    }) {
      const contents = {
        v: 1,
        pages: pages.map(({ content, number: sheet, side = 1, kit = null, digest }, i) => ({
          part: `page-${i + 1}`,
          digest: digest ?? sha256Hex(content),
          name: `${i + 1}.jpg`,
          number: sheet,
          side,
          kit,
        })),
        counts: { kitsIssued: 0, registrations: 0, additional: 0, absent: 0, unfinished: 0, reason: null },
      };
      return parcel(
        {
          kind: 'answer-sheets',
          id: own,
          about: {
            event,
            station: { id, number },
            room: of,
            part,
            parts: 1,
            pages: declared ?? pages.length,
            replaces,
          },
          ...more,
        },
        [
          { name: contentsPart, content: utf8(JSON.stringify(contents)), recipients },
          ...pages.map(({ content }, i) => ({ name: `page-${i + 1}`, content, recipients })),
          ...extra,
        ],
      );
    },
    voice(takes, own = newId()) {
      const contents: VoiceAnswersContents = {
        v: 1,
        tasks: [],
        candidates: [
          {
            form: ownNumber('204117', 1),
            kit: '100001',
            variant: 1,
            signedInAt: 1,
            finishedAt: 2,
            whole: true,
            reason: '',
            pauses: [],
            again: [],
            takes: takes.map((content, i) => ({
              task: i + 1,
              take: 1,
              goesOn: false,
              rate: 48_000,
              samples: 48_000,
              gaps: [],
              beganAt: 1,
              endedAt: 2,
              how: 'done',
              digest: sha256Hex(content),
              part: `take-${i + 1}`,
            })),
          },
        ],
      };
      return parcel(
        {
          kind: 'voice-answers',
          id: own,
          about: { event, station: { id, number }, room: '0001', part: 1, parts: 1 },
        },
        [
          { name: contentsPart, content: utf8(JSON.stringify(contents)), recipients },
          ...takes.map((content, i) => ({ name: `take-${i + 1}`, content, recipients })),
        ],
      );
    },
    async journal(fates, closing = 1, line = (text) => text) {
      if (journal === null) {
        journal = expectOk(
          await openJournal({
            dir: mkdtempSync(join(folder, 'station-')),
            origin: id,
            signer: keys.signing,
            clock: node.clock,
          }),
        );
        await journal.append([
          { kind: 'key-activated', subject: `event:${event.id}`, data: { number: 1, token: 'T-1' } },
        ]);
      }
      await journal.append([
        { kind: 'station-closed', subject: `event:${event.id}`, data: { closing, station: number } },
      ]);
      const { origin, epoch } = journal.self;
      const lines = journal
        .ofOrigin(origin, epoch, 0, 10_000)
        .map(({ header, salt, payload }) => line(`${JSON.stringify({ header, salt, payload })}\n`));
      return parcel(
        {
          kind: 'station-journal',
          id: `station-journal:${id}:${event.id}:${closing}`,
          about: {
            event,
            station: { id, kind, number, room },
            program: '1.0.0',
            keyNumber: 1,
            tokenSerial: 'T-1',
            closing,
            finishedAt: node.clock.now(),
          },
        },
        [
          { name: stationJournalParts.entries, content: utf8(lines.join('')), recipients },
          { name: stationJournalParts.head, content: utf8(journal.signedHead() ?? ''), recipients },
          { name: stationJournalParts.fates, content: utf8(JSON.stringify(fates)), recipients },
        ],
      );
    },
    close: () => journal?.close() ?? Promise.resolve(),
  };
}

/** What the site itself says of its day. */
export async function siteDayFile(
  test: TestCentre,
  day: TestDay,
  report: Omit<SiteDayReport, 'v'>,
  site: 'S1' | 'S2' = 'S1',
): Promise<string> {
  const { centre, folder } = test;
  const { name, certificate } = chainOfSite(test, site, day.sites[site]);
  const file = join(folder, 'staging', `${newId()}.parcel`);
  const event = dayEventOf(expectOk(await eventOnDay(centre.db, day.projectId, day.eventId)));
  expectOk(
    await makeParcel(
      file,
      {
        kind: 'site-day',
        id: `site-day:${event.id}:${site}:${report.at}`,
        to: { role: 'centre', code: 'CENTRE' },
        project: day.projectId,
        session: event.id,
        mode: 'formal',
        createdAt: report.at,
        about: { event, statuses: report.statuses.length },
      },
      [
        {
          name: siteDayPart,
          content: utf8(JSON.stringify({ v: 1, ...report })),
          recipients: [centre.node.keys.sealing.recipient],
        },
      ],
      { name, key: day.sites[site].signing, chain: [certificate] },
    ),
  );
  return file;
}

export function online(day: TestDay, siteCode = 'S1'): Carried {
  return { projectId: day.projectId, siteCode, way: 'online', by: siteCode };
}

export async function damaged(file: string, content: Buffer): Promise<string> {
  const other = `${file}.other`;
  await writeFile(other, content);
  return other;
}
