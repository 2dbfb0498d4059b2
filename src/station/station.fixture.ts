/** A station on a computer of its own, with a stick, and what its centre and site would send it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { utf8 } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import { expectOk } from '../base/result.ts';
import { ownNumber } from '../exam/form/sheet-number.ts';
import { ownTemplates } from '../exam/form/own-templates.ts';
import { usualComposition } from '../exam/form/composition.ts';
import type { Grant } from '../exam/paper-day/grant.ts';
import { packageWordsPart } from '../exam/paper-day/hand-up.ts';
import {
  admissionPart,
  planPart,
  stationKeyParts,
  variantPart,
  type Admission,
  type DayEvent,
  type PackageWord,
  type Plan,
  type PlannedKit,
} from '../exam/paper-day/parcels.ts';
import type { StationKind } from '../exam/paper-day/site-day.ts';
import { FakePrinters } from '../hardware/printer/fake.ts';
import { removableDrives } from '../hardware/removable-drive/drives.ts';
import { quickKeyFile } from '../hardware/token/key-file.fixture.ts';
import { openKeyFile } from '../hardware/token/key-file.ts';
import type { Token, Tokens } from '../hardware/token/port.ts';
import { Backups } from '../node/backup/backup.ts';
import { changeSignal } from '../node/change-signal.ts';
import { openNode } from '../node/node.ts';
import { makeParcel, type ParcelHeading, type ParcelSender, type PartSource } from '../parcel/parcel.ts';
import { issueCertificate, type NodeName } from '../trust/certificate.ts';
import { createNodeKeys, type NodeKeys } from '../trust/keys.ts';
import { sealBytes } from '../trust/seal.ts';
import { createStation, type Station } from './station.ts';
import { stationMigrations } from './storage.ts';

export const memberPin = '1234-member';
export const day: DayEvent = {
  id: 'event-1',
  code: 'rus',
  name: 'Russian language',
  subjectCode: '01',
  subjectName: 'Русский язык',
  subjectLatin: 'rus',
  date: '2026-06-01',
  stage: '01',
  speaking: false,
};

/** When centre and site made what they send, an hour before the stations' clock. */
const madeAt = Date.UTC(2026, 5, 1, 7);

const noTokens: Tokens = {
  libraries: () => [],
  list: () => Promise.reject(new Error('none here')),
  prepare: () => Promise.reject(new Error('none here')),
  find: () => Promise.reject(new Error('none here')),
  carried: () => Promise.reject(new Error('none here')),
  carry: () => Promise.reject(new Error('none here')),
  follow: () => {
    throw new Error('none here');
  },
};

/** Kits 1 to `count` of a room, the last `reserves` of them in reserve, with three sheets each. */
export function plannedKits(room: string, first: number, count: number, reserves: number): PlannedKit[] {
  return Array.from({ length: count }, (_, i): PlannedKit => {
    const n = first + i;
    const sheet = (place: number) => ownNumber('204117', (n - 1) * 3 + place);
    return {
      kit: String(100_000 + n),
      room,
      reserve: i >= count - reserves,
      variant: (i % 2) + 1,
      sheets: [
        { number: sheet(1), kind: 'registration', place: 1, sides: 1 },
        { number: sheet(2), kind: 'answers-1', place: 2, sides: 1 },
        { number: sheet(3), kind: 'answers-2', place: 3, sides: 2 },
      ],
    };
  });
}

/** Centre and site as far as a station knows them: their keys, and the parcels that they make. */
export interface Authorities {
  readonly root: string;
  readonly centreKeys: NodeKeys;
  readonly siteKeys: NodeKeys;
  readonly member: Token;
  readonly eventKey: { readonly identity: string; readonly recipient: string };
  readonly plan: Plan;
  admission(station: StationAbove, more?: Partial<Admission>): Promise<string>;
  materials(
    more?: Partial<ParcelHeading> & { readonly revision?: number; readonly sender?: ParcelSender },
  ): Promise<string>;
  /** @param key what is inside instead of the event's key */
  key(station: StationAbove, grant?: Partial<Grant>, key?: string): Promise<string>;
  /** What the centre says of packages. */
  words(words: readonly PackageWord[]): Promise<string>;
}

/** As much of a station as whoever admits it knows: of one in another process, what its readiness says. */
export interface StationAbove {
  readonly node: {
    readonly id: string;
    readonly keys: {
      readonly signing: Pick<NodeKeys['signing'], 'publicKey'>;
      readonly sealing: Pick<NodeKeys['sealing'], 'recipient'>;
    };
    readonly clock: Pick<Clock, 'now'>;
  };
}

export interface TestStation {
  readonly station: Station;
  readonly folder: string;
  /** Of the stick that is plugged in. */
  readonly stick: string;
  readonly printers: FakePrinters;
  /** The stick is there, or pulled out. */
  plug(there: boolean): void;
  pass(ms: number): void;
  /** Somebody sets the computer's clock by so much; its steady clock goes on. */
  setClock(byMs: number): void;
  /** As if the program had been killed and started again. @param meanwhile what is done to its disk */
  again(meanwhile?: () => void): Promise<Station>;
  close(): Promise<void>;
}

export async function openTestStation(
  kind: StationKind = 'print',
  tokens: Tokens = noTokens,
): Promise<TestStation> {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-station-'));
  const stick = join(folder, 'stick');
  mkdirSync(stick);
  const printers = new FakePrinters();
  let now = Date.UTC(2026, 5, 1, 8);
  let set = 0;
  let plugged = true;
  const start = async (): Promise<Station> => {
    const node = expectOk(
      await openNode({
        role: 'station',
        data: join(folder, 'data'),
        logLevel: 'silent',
        clock: { now: () => now + set, monotonic: () => now },
        migrations: stationMigrations,
      }),
    );
    const drives = {
      ...removableDrives,
      list: () => Promise.resolve(plugged ? [{ path: stick, name: 'stick', freeBytes: 1e9 }] : []),
    };
    return createStation({
      node,
      kind,
      changed: changeSignal(),
      drives,
      sticks: new Backups(drives),
      tokens,
      printers,
    });
  };
  let station = await start();
  return {
    get station() {
      return station;
    },
    folder,
    stick,
    printers,
    plug: (there) => void (plugged = there),
    pass: (ms) => void (now += ms),
    setClock: (byMs) => void (set += byMs),
    async again(meanwhile = () => undefined) {
      station.end();
      await station.node.close();
      meanwhile();
      station = await start();
      return station;
    },
    async close() {
      station.end();
      await station.node.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let keys: Promise<readonly [NodeKeys, NodeKeys]> | null = null;
let memberKey: Promise<Buffer> | null = null;

async function makeMemberKey(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-member-'));
  try {
    const file = join(folder, 'member.key');
    await quickKeyFile(file, memberPin);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The key file of one member, the same in every test of a file, under `memberPin`. */
export async function putMemberKey(file: string): Promise<Token> {
  writeFileSync(file, await (memberKey ??= makeMemberKey()));
  return expectOk(openKeyFile(file));
}

/** @param papers by variant; a PDF as far as a station that prints nothing needs one */
export async function makeAuthorities(
  folder: string,
  kits: readonly PlannedKit[] = [...plannedKits('0001', 1, 4, 1), ...plannedKits('', 5, 1, 1)],
  papers: readonly Uint8Array[] = [utf8('%PDF-1.7 one'), utf8('%PDF-1.7 two')],
  more: Partial<Plan> = {},
): Promise<Authorities> {
  const [centreKeys, siteKeys] = await (keys ??= Promise.all([
    createNodeKeys('centre'),
    createNodeKeys('site'),
  ]));
  const centre: NodeName = { role: 'centre', code: 'CENTRE', id: 'centre-1' };
  const site: NodeName = { role: 'site', code: '0801', id: 'site-1' };
  const validity = { notBefore: 0, notAfter: 4_000_000_000_000 };
  const named = (name: NodeName, of: { signingKey: string; sealingKey: string }) => ({ name, ...of });
  const publicOf = (of: StationAbove['node']['keys']) => ({
    signingKey: of.signing.publicKey,
    sealingKey: of.sealing.recipient,
  });
  const siteChain = [
    issueCertificate(named(site, publicOf(siteKeys)), { name: centre, key: centreKeys.signing }, validity),
  ];
  const root = centreKeys.signing.publicKey;
  const member = await putMemberKey(join(folder, 'stick', 'member.key'));
  const identity = await generateX25519Identity();
  const eventKey = { identity, recipient: await identityToRecipient(identity) };
  const plan: Plan = {
    v: 1,
    eventId: day.id,
    siteCode: '0801',
    composition: usualComposition,
    templates: [...ownTemplates],
    preprinted: false,
    kits: [...kits],
    additional: [],
    variants: papers.map((paper, i) => ({ variant: i + 1, pages: 1, size: paper.length })),
    tasks: [],
    ...more,
  };
  const put = async (
    heading: Omit<ParcelHeading, 'project' | 'session' | 'mode' | 'createdAt'> & Partial<ParcelHeading>,
    parts: PartSource[],
    sender: ParcelSender,
  ): Promise<string> => {
    const file = join(folder, 'stick', 'INVIGIL', `${heading.kind}-${newId()}.parcel`);
    mkdirSync(join(folder, 'stick', 'INVIGIL'), { recursive: true });
    expectOk(
      await makeParcel(
        file,
        { project: 'project-1', session: day.id, mode: 'formal', createdAt: madeAt, ...heading },
        parts,
        sender,
      ),
    );
    return file;
  };
  const asCentre: ParcelSender = { name: centre, key: centreKeys.signing, chain: [] };
  const asSite: ParcelSender = { name: site, key: siteKeys.signing, chain: siteChain };
  return {
    root,
    centreKeys,
    siteKeys,
    member,
    eventKey,
    plan,
    words: (words) =>
      put(
        {
          kind: 'package-words',
          id: `words:${newId()}`,
          to: { role: 'site', code: '0801' },
          about: { words: words.length },
        },
        [
          {
            name: packageWordsPart,
            content: utf8(JSON.stringify({ v: 1, words })),
            recipients: [siteKeys.sealing.recipient, eventKey.recipient],
          },
        ],
        asCentre,
      ),
    admission: (station, changes = {}) => {
      const own: NodeName = { role: 'station', code: station.node.id, id: station.node.id };
      const certificate = issueCertificate(
        named(own, publicOf(station.node.keys)),
        { name: site, key: siteKeys.signing },
        validity,
      );
      const admission: Admission = {
        v: 1,
        stationId: station.node.id,
        siteCode: '0801',
        siteName: 'School 801',
        region: '07',
        project: { id: 'project-1', code: 'P1', name: 'Project', mode: 'formal' },
        chain: [certificate, ...siteChain],
        centreCode: 'CENTRE',
        root,
        centreRecipient: centreKeys.sealing.recipient,
        siteRecipient: siteKeys.sealing.recipient,
        ...changes,
      };
      return put(
        {
          kind: 'station-admission',
          id: `admission:${station.node.id}`,
          to: { role: 'station', code: station.node.id },
          session: null,
          about: { number: '1', root },
        },
        [
          {
            name: admissionPart,
            content: utf8(JSON.stringify(admission)),
            recipients: [station.node.keys.sealing.recipient],
          },
        ],
        asSite,
      );
    },
    materials: async ({ revision = 1, sender = asCentre, ...heading } = {}) => {
      const rooms = [...Map.groupBy(kits, ({ room }) => room)].flatMap(([room, own]) =>
        room === ''
          ? []
          : [
              {
                room,
                kits: own.filter((one) => !one.reserve).length,
                reserve: own.filter((one) => one.reserve).length,
              },
            ],
      );
      const sealed = async (content: Uint8Array, name: string): Promise<PartSource> => ({
        name,
        content: await sealBytes(content, { recipients: [eventKey.recipient] }),
        recipients: ['session'],
        sealed: true,
      });
      return put(
        {
          kind: 'paper-materials',
          id: `materials:${revision}`,
          to: { role: 'site', code: '0801' },
          about: { event: day, siteName: 'School 801', region: '07', revision, rooms },
          ...heading,
        },
        [
          await sealed(utf8(JSON.stringify(plan)), planPart),
          ...(await Promise.all(papers.map((paper, i) => sealed(paper, variantPart(i + 1))))),
        ],
        sender,
      );
    },
    key: async (station, changes = {}, key = identity) => {
      const grant: Grant = {
        v: 1,
        eventId: day.id,
        siteCode: '0801',
        number: 1,
        opens: 'token',
        members: [{ name: 'Ivanova', serial: member.serial, recipient: member.recipient }],
        rooms: [{ room: '0001', kits: 5 }],
        stations: [],
        notBefore: station.node.clock.now() - 1_000,
        notAfter: station.node.clock.now() + 36_000_000,
        reason: '',
        ...changes,
      };
      const content = utf8(JSON.stringify([key]));
      const inner =
        grant.opens === 'password'
          ? content
          : await sealBytes(content, { recipients: grant.members.map(({ recipient }) => recipient) });
      const recipients = [station.node.keys.sealing.recipient];
      return put(
        {
          kind: 'station-key',
          id: `key:${grant.number}:${newId()}`,
          to: { role: 'station', code: '0801' },
          about: { event: day, number: grant.number },
        },
        [
          { name: stationKeyParts.grant, content: utf8(JSON.stringify(grant)), recipients },
          { name: stationKeyParts.inner, content: inner, recipients },
        ],
        asSite,
      );
    },
  };
}

/** A copy of a file with one byte changed. */
export async function tampered(path: string, at: number): Promise<string> {
  const copy = `${path}.tampered.parcel`;
  await copyFile(path, copy);
  const { open } = await import('node:fs/promises');
  const file = await open(copy, 'r+');
  const one = Buffer.alloc(1);
  await file.read(one, 0, 1, at);
  await file.write(Buffer.from([(one[0] ?? 0) ^ 1]), 0, 1, at);
  await file.close();
  return copy;
}
