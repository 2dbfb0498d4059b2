/** A site on the day of an exam on paper, with the stick that it writes to, and what its centre would send it. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { utf8 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { expectOk } from '../../base/result.ts';
import type { Grant } from '../../exam/paper-day/grant.ts';
import { packageWordsPart } from '../../exam/paper-day/hand-up.ts';
import {
  accessKeyParts,
  planPart,
  variantPart,
  type DayEvent,
  type PackageWord,
  type Plan,
} from '../../exam/paper-day/parcels.ts';
import { usualComposition } from '../../exam/form/composition.ts';
import { ownTemplates } from '../../exam/form/own-templates.ts';
import { removableDrives } from '../../hardware/removable-drive/drives.ts';
import type { Drives } from '../../hardware/removable-drive/port.ts';
import { Backups } from '../../node/backup/backup.ts';
import { changeSignal } from '../../node/change-signal.ts';
import { openNode } from '../../node/node.ts';
import { makeParcel, type ParcelHeading, type ParcelSender, type PartSource } from '../../parcel/parcel.ts';
import { issueCertificate, type NodeName } from '../../trust/certificate.ts';
import { createNodeKeys, type NodeKeys } from '../../trust/keys.ts';
import { lockSessionKeys, newReleaseSecret } from '../../trust/release.ts';
import { sealBytes } from '../../trust/seal.ts';
import { loadedExamSchema, siteMembershipSchema, siteSetupSchema, type Site } from '../site.ts';
import { siteMigrations } from '../storage.ts';
import { DayCourier } from './day-courier.ts';
import type { Sticks } from './sticks.ts';

const centre: NodeName = { role: 'centre', code: 'CENTRE', id: 'centre-1' };
/** Eight in the morning of the exam. */
export const morning = new Date(2026, 5, 1, 8).getTime();

let keys: Promise<NodeKeys> | null = null;

export interface TestDay {
  readonly site: Site;
  readonly sticks: Sticks;
  readonly folder: string;
  /** Of the stick that is plugged in. */
  readonly stick: string;
  readonly centreKeys: NodeKeys;
  readonly eventKey: { readonly identity: string; readonly recipient: string };
  readonly releaseSecret: Uint8Array;
  pass(ms: number): void;
  /** As if the program had been killed and started again. */
  again(): Promise<Site>;
  parcel(
    heading: Pick<ParcelHeading, 'kind' | 'id' | 'to'> & Partial<ParcelHeading>,
    parts: readonly PartSource[],
    sender?: ParcelSender,
  ): Promise<string>;
  materials(
    plan?: Partial<Plan>,
    more?: Partial<ParcelHeading> & { readonly revision?: number; readonly sender?: ParcelSender },
  ): Promise<string>;
  /** @param sealedTo what opens it inside: members' tokens, or the site itself */
  key(
    grant: Partial<Grant> & Pick<Grant, 'members'>,
    sealedTo: readonly string[],
    more?: { readonly secret?: Uint8Array; readonly event?: DayEvent; readonly siteCode?: string },
  ): Promise<string>;
  release(secret?: Uint8Array): Promise<string>;
  words(words: readonly PackageWord[]): Promise<string>;
  close(): Promise<void>;
}

export async function openTestDay(event: DayEvent): Promise<TestDay> {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-site-day-'));
  const stick = join(folder, 'stick');
  mkdirSync(join(stick, 'INVIGIL'), { recursive: true });
  const centreKeys = await (keys ??= createNodeKeys('centre'));
  let now = morning;
  const drives: Drives = {
    ...removableDrives,
    list: () => Promise.resolve([{ path: stick, name: 'stick', freeBytes: 1e9 }]),
  };
  const start = async (): Promise<Site> => {
    const node = expectOk(
      await openNode({
        role: 'site',
        data: join(folder, 'data'),
        logLevel: 'silent',
        clock: { now: () => now, monotonic: () => now },
        migrations: siteMigrations,
      }),
    );
    const made: Site = {
      node,
      changed: changeSignal(),
      codes: {} as Site['codes'],
      ownRoom: null,
      setup: () => node.settings.read('setup', siteSetupSchema),
      membership: () => node.settings.read('membership', siteMembershipSchema),
      exam: () => node.settings.read('exam', loadedExamSchema),
      lock: () => ({ ok: false, refusal: { type: 'lock-absent' } }),
      lockKnown: () => Promise.resolve(),
      tokens: {} as Site['tokens'],
      link: null,
      dayCourier: new DayCourier(() => made),
      connect: () => undefined,
      beginAnew: () => undefined,
    };
    return made;
  };
  let site = await start();
  const { node } = site;
  const chain = [
    issueCertificate(
      {
        name: { role: 'site', code: '0801', id: node.id },
        signingKey: node.keys.signing.publicKey,
        sealingKey: node.keys.sealing.recipient,
      },
      { name: centre, key: centreKeys.signing },
      { notBefore: 0, notAfter: 4_000_000_000_000 },
    ),
  ];
  node.settings.write('setup', { siteCode: '0801', mode: 'formal', lockPath: '', lockSerial: null });
  node.settings.write('membership', {
    centreAddress: '127.0.0.1:1',
    certPem: '',
    centreSigningKey: centreKeys.signing.publicKey,
    centreSealingKey: centreKeys.sealing.recipient,
    centreCode: 'CENTRE',
    chain,
    project: { id: 'project-1', name: 'Unified exam', mode: 'formal', supportPhone: '' },
    siteName: 'School 801',
  });
  const identity = await generateX25519Identity();
  const eventKey = { identity, recipient: await identityToRecipient(identity) };
  const releaseSecret = newReleaseSecret();
  const asCentre: ParcelSender = { name: centre, key: centreKeys.signing, chain: [] };
  const toSite = { role: 'site' as const, code: '0801' };
  const parcel: TestDay['parcel'] = async (heading, parts, sender = asCentre) => {
    const file = join(stick, 'INVIGIL', `${heading.kind}-${newId()}.parcel`);
    expectOk(
      await makeParcel(
        file,
        {
          project: 'project-1',
          session: event.id,
          mode: 'formal',
          createdAt: now,
          about: {},
          ...heading,
        },
        parts,
        sender,
      ),
    );
    return file;
  };
  const own = [node.keys.sealing.recipient];
  return {
    get site() {
      return site;
    },
    sticks: { drives, sticks: new Backups(drives) },
    folder,
    stick,
    centreKeys,
    eventKey,
    releaseSecret,
    pass: (ms) => void (now += ms),
    async again() {
      await site.dayCourier.stop();
      await site.node.close();
      site = await start();
      return site;
    },
    parcel,
    async materials(plan = {}, { revision = 1, sender, ...more } = {}) {
      const sealed = async (name: string, content: Uint8Array): Promise<PartSource> => ({
        name,
        content: await sealBytes(content, { recipients: [eventKey.recipient] }),
        recipients: ['session'],
        sealed: true,
      });
      const whole: Plan = {
        v: 1,
        eventId: event.id,
        siteCode: '0801',
        composition: usualComposition,
        templates: [...ownTemplates],
        preprinted: false,
        kits: [],
        additional: [],
        variants: [{ variant: 1, pages: 1, size: 8 }],
        tasks: [],
        ...plan,
      };
      return parcel(
        {
          kind: 'paper-materials',
          id: `paper-materials:${event.id}:0801:${revision}`,
          to: toSite,
          about: {
            event,
            siteName: 'School 801',
            region: '07',
            revision,
            rooms: [{ room: '0001', kits: 3, reserve: 1 }],
          },
          ...more,
        },
        [await sealed(planPart, utf8(JSON.stringify(whole))), await sealed(variantPart(1), utf8('%PDF-1.7'))],
        sender,
      );
    },
    async key(grant, sealedTo, { secret = releaseSecret, event: of = event, siteCode = '0801' } = {}) {
      const whole: Grant = {
        v: 1,
        eventId: of.id,
        siteCode,
        number: 1,
        opens: 'token',
        rooms: [{ room: '0001', kits: 5 }],
        stations: [],
        notBefore: 0,
        notAfter: 4_000_000_000_000,
        reason: '',
        ...grant,
      };
      const locked = await lockSessionKeys({
        sessionKeys: [identity],
        lockRecipients: sealedTo,
        releaseSecret: secret,
        context: { project: 'project-1', session: of.id, site: '0801' },
      });
      return parcel(
        {
          kind: 'access-key',
          id: `access-key:${of.id}:0801:${whole.number}`,
          to: toSite,
          session: of.id,
          about: { event: of, number: whole.number, releaseAt: morning },
        },
        [
          { name: accessKeyParts.grant, content: utf8(JSON.stringify(whole)), recipients: own },
          { name: accessKeyParts.locked, content: locked, recipients: own },
        ],
      );
    },
    release: (secret = releaseSecret) =>
      parcel({ kind: 'release', id: `release:${event.id}:0801`, to: toSite }, [
        { name: 'secret', content: secret, recipients: own },
      ]),
    words: (words) =>
      parcel({ kind: 'package-words', id: `package-words:${newId()}`, to: toSite }, [
        { name: packageWordsPart, content: utf8(JSON.stringify({ v: 1, words })), recipients: own },
      ]),
    async close() {
      await site.dayCourier.stop();
      await site.node.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
