/**
 * Every operation of the centre that a limited user may call, against a real centre with two sites in two regions: what names the foreign
 * site is refused, and what is filtered answers nothing of it. The contract says which there are: one that is not tried here fails.
 */
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { isContractProcedure } from '@orpc/contract';
import { pino } from 'pino';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { sha256Hex } from '../../trust/digest.ts';
import { encodeRequest } from '../../exam/code/request.ts';
import type { OperationMeta, Role } from '../../node/operation.ts';
import type { UserRole } from '../../node/users/contract.ts';
import type { Limit } from '../../node/users/limit.ts';
import { startWebServer, type WebServer } from '../../node/web-server.ts';
import { status } from '../../exam/board/board.fixture.ts';
import { prepareAuthorisations } from '../authorise/authorise.ts';
import type { Centre } from '../centre.ts';
import { jpegOf } from '../../../tools/scans/file.ts';
import { makeScan } from '../../../tools/scans/scan.ts';
import { joinRoom, makeProject, openTestCentre, pin, type TestCentre } from '../centre.fixture.ts';
import { centreContract } from '../contract.ts';
import { mailServer } from '../mail/mail.fixture.ts';
import { Postman } from '../mail/postman.ts';
import { keepServer } from '../mail/settings.ts';
import { centreOperations } from '../operations/operations.ts';
import { keepPaper } from '../paper/import-paper.ts';
import { sessionsOf } from '../project/projects.ts';
import { recordDownload } from '../publish/downloads.ts';
import { publish } from '../publish/publisher.ts';
import { receiveResult } from '../result/receive-result.ts';
import { keepScans } from '../scans/keep-scans.ts';
import {
  makeEvent,
  makeUpload,
  numbersOf,
  readingOf,
  registerKits,
  scanOf,
  unsureReading,
  type TestEvent,
} from '../scans/scans.fixture.ts';
import { openReserveConsole } from '../reserve-consoles/reserve-consoles.ts';
import { scoreProject } from '../result/score-results.ts';
import { importRoster } from '../roster/import-roster.ts';
import { openThread } from '../support/desk.ts';
import { reachOf } from './reach.ts';

const password = 'chalk and slate';
const samples = join(import.meta.dirname, '..', '..', '..', 'samples');
type Site = 'S1' | 'S2';
/** What is of the foreign site S2 and of nothing else: codes, region, candidate, name, accounts. */
const foreign = /S2|South|1003|Öztürk|two-account/;

const north: Limit = { to: 'regions', regions: ['North'] };
let here: Here;
interface Here {
  readonly test: TestCentre;
  readonly server: WebServer;
  readonly projectId: string;
  readonly sessionId: string;
  readonly otherProjectId: string;
  readonly otherSessionId: string;
  readonly threads: Record<Site, string>;
  readonly uploadId: string;
  /** Of somebody who is limited to the foreign site's region. */
  readonly scanUploadId: string;
  readonly scanId: string;
  readonly eventId: string;
  /** Of the foreign site: it waits for a person. */
  readonly row: { readonly scanId: string; readonly field: string; readonly row: number };
}

beforeAll(async () => {
  const test = await openTestCentre('file');
  const { centre } = test;
  const { accounts } = centre.node;
  const paper = async (projectId: string): Promise<string> => {
    const upload = await test.file('small.zip', readFileSync(join(samples, 'small.zip')));
    return expectOk(await keepPaper(centre, projectId, upload, [], 'admin')).id;
  };
  const project = await makeProject(test, 'P1', undefined, paper);
  const { projectId, sessionId } = project;
  const roster = [
    'session,site code,site name,region,room code,admission number,name',
    '1,S1,School one,North,S1-R1,1001,Ахметова Айгуль',
    '1,S1,School one,North,S1-R1,1002,王小明',
    '1,S2,School of the South,South,S2-R1,1003,Öztürk',
  ];
  expectOk(
    await importRoster(centre, projectId, await test.file('r.csv', `${roster.join('\n')}\n`), 'admin'),
  );
  const other = await makeProject(test, 'P2', ['1,S1,S1-R1,1001,Ахметова Айгуль']);
  expectOk(await publish(centre, projectId, 'admin'));
  const [session] = await sessionsOf(centre, projectId);
  if (!session) throw new Error('no session');
  const threads: Partial<Record<Site, string>> = {};
  const photo = await centre.blobs.put(new Uint8Array([0xff, 0xd8, 0xff]));
  for (const [site, sittings] of [
    ['S1', ['1001', '1002']],
    ['S2', ['1003']],
  ] as const) {
    const room = await joinRoom(test, { ...project, site, room: `${site}-R1`, session, sittings });
    const content = new TextEncoder().encode(`drawn at ${site}`);
    const file = {
      digest: sha256Hex(content),
      name: `${site}.txt`,
      mediaType: 'text/plain',
      size: content.length,
    };
    const admissionNumber = sittings[0];
    const result = await room.result({
      answers: [{ admissionNumber, item: 'a', responses: { R: { file } } }],
      files: [content],
    });
    expectOk(await receiveResult(centre, result));
    await room.close();
    await recordDownload(centre, { projectId, siteCode: site, number: 1, way: 'online', bytes: 1, by: null });
    expectOk(await openReserveConsole(centre, { projectId, siteCode: site }, 'admin'));
    centre.board.heard(projectId, site, status({ rooms: [] }));
    const desk = {
      account: 'desk',
      name: '',
      role: 'operator',
      mustChangePassword: false,
      limit: null,
    } as const;
    const call = {
      stage: 'other',
      priority: 'normal',
      phone: '',
      text: `from ${site}`,
      byTelephone: true,
    } as const;
    threads[site] = expectOk(await openThread(centre, { projectId, siteCode: site }, call, desk)).threadId;
    await centre.db
      .insertInto('photo')
      .values({
        project_id: projectId,
        admission_number: admissionNumber,
        digest: photo.digest,
        size: 3,
        media_type: 'image/jpeg',
      })
      .execute();
    await centre.node.journal.append([
      {
        kind: 'code-asked',
        subject: 'code:x',
        data: { challenge: asked(1), session: sessionId, room: `${site}-R1`, by: 'x', reason: 'late' },
      },
    ]);
  }
  const event = await makeEvent(centre, projectId);
  for (const [i, site] of (['S1', 'S2'] as const).entries())
    await registerKits(centre, event, { site, room: `${site}-R1`, from: i + 1, to: i + 1 });
  const sent = await makeUpload(centre, projectId);
  expectOk(await keepScans(centre, sent, [scanOf(0, readingOf(numbersOf(2)[0]))]));
  const kept = await centre.db.selectFrom('scan').select('id').executeTakeFirstOrThrow();
  const onPaper = await pagesOfSite(centre, event, 'S2');
  expectOk(await scoreProject(centre, projectId));
  expectOk(await prepareAuthorisations(centre, projectId, sessionId, pin, 'admin'));
  await centre.board.tick();
  // Of a page that nobody can place, only its upload says whom it concerns.
  const lost = await makeUpload(centre, projectId);
  expectOk(await keepScans(centre, lost, [scanOf(0, readingOf(null))]));
  const scanUpload = await makeUpload(centre, projectId, { to: 'regions', regions: ['South'] });
  await centre.db
    .updateTable('scan_upload')
    .set({ file_name: 'S2.zip' })
    .where('id', '=', scanUpload.id)
    .execute();
  const users: [string, UserRole, Limit | null][] = [
    ['admin', 'administrator', null],
    ['north-admin', 'administrator', north],
    ['north-operator', 'operator', north],
    ['coordinator', 'coordinator', north],
    ['site-observer', 'observer', { to: 'site', projectId, siteCode: 'S1' }],
    ['one-account', 'site', { to: 'site', projectId, siteCode: 'S1' }],
    ['two-account', 'site', { to: 'site', projectId, siteCode: 'S2' }],
  ];
  for (const [account, role, limit] of users)
    expectOk(await accounts.create(account, role, password, false, { name: '', phone: '', limit }));
  const server = expectOk(
    await startWebServer({
      host: '127.0.0.1',
      port: 0,
      publicNames: [],
      screens: import.meta.dirname,
      router: centreOperations(centre, () => ({ port: 0, addresses: [] })),
      accounts,
      reach: reachOf(centre.db),
      files: centre.node.files,
      log: pino({ level: 'silent' }),
      health: () => ({ ok: true }),
    }),
  );
  here = {
    test,
    server,
    projectId,
    sessionId,
    otherProjectId: other.projectId,
    otherSessionId: other.sessionId,
    threads: { S1: threads.S1 ?? '', S2: threads.S2 ?? '' },
    uploadId: sent.id,
    scanId: kept.id,
    ...onPaper,
    scanUploadId: scanUpload.id,
  };
});

/** Two pages of one site: a row of the first one waits for a person, the marks of the second one were not read. */
async function pagesOfSite(centre: Centre, event: TestEvent, site: Site) {
  await registerKits(centre, event, { site, room: `${site}-R1`, from: 3, to: 4 });
  const numbers = [numbersOf(3)[1], numbersOf(4)[1]] as const;
  const more = { kit: '100003', kind: 'answers-1' as const, copy: 1 };
  const { raster } = await makeScan({ code: { number: numbers[0], side: 1, more }, seed: 1, ink: 'little' });
  const { digest } = await centre.blobs.put(await jpegOf(raster));
  const upload = await makeUpload(centre, event.projectId);
  const pages = [
    { ...scanOf(0, unsureReading(numbers[0])), digest },
    { ...scanOf(1, readingOf(numbers[1])), digest: null },
  ];
  expectOk(await keepScans(centre, upload, pages));
  const { id } = await centre.db
    .selectFrom('scan')
    .select('id')
    .where('upload_id', '=', upload.id)
    .where('position', '=', 0)
    .executeTakeFirstOrThrow();
  return { eventId: event.id, row: { scanId: id, field: 'choice-1', row: 0 } };
}

afterAll(async () => {
  await here.server.close();
  await here.test.close();
});

/** Of a candidate who comes late. */
function asked(candidate: number): string {
  return encodeRequest({ action: 'late-candidate', subject: 1, candidate, amount: 0, nonce: 7 });
}

type Call = (input: unknown) => Promise<unknown>;
type Client = {
  readonly call: (path: string) => Call;
  readonly file: (ticket: string) => Promise<Uint8Array>;
};

const clients = new Map<string, Client>();

/** As if the account had just signed in. */
function signedIn(account: string): Client {
  const known = clients.get(account);
  if (known) return known;
  const { server, test } = here;
  const token = test.centre.node.accounts.sessions.begin(account);
  const url = `http://127.0.0.1:${server.port}`;
  const cookie = `invigil-session-${server.port}=${token}`;
  const root: unknown = createORPCClient(
    new RPCLink({ url: `${url}/rpc`, headers: { 'x-invigil': '1', cookie } }),
  );
  const made: Client = {
    call: (path) => path.split('.').reduce((at, name) => (at as Record<string, unknown>)[name], root) as Call,
    file: async (ticket) => (await fetch(`${url}/files/${ticket}`, { headers: { cookie } })).bytes(),
  };
  clients.set(account, made);
  return made;
}

interface Outcome {
  /** `done`, the type of a refusal, or `NOT_ALLOWED`. */
  readonly is: string;
  /** All that came back, files and the first view of a stream, too. */
  readonly text: string;
}

async function outcome(account: string, path: string, input: unknown): Promise<Outcome> {
  const client = signedIn(account);
  try {
    const answer = await client.call(path)(input);
    if (typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer) {
      const stream = (answer as AsyncIterable<unknown>)[Symbol.asyncIterator]();
      const { value } = await stream.next();
      await stream.return?.();
      return { is: 'done', text: JSON.stringify(value) };
    }
    const ticket = (answer as { ticket?: string } | undefined)?.ticket;
    const read = path.endsWith('Xlsx') ? readable : (file: Uint8Array) => new TextDecoder().decode(file);
    const file = ticket === undefined ? '' : await read(await client.file(ticket));
    return { is: 'done', text: JSON.stringify(answer) + file };
  } catch (error) {
    const { code, data } = error as { code?: string; data?: { type?: string } };
    if (code === undefined) throw error;
    return { is: code === 'REFUSED' ? (data?.type ?? code) : code, text: JSON.stringify(data ?? {}) };
  }
}

/** A spreadsheet lies packed in its file. */
async function readable(file: Uint8Array): Promise<string> {
  const { default: excel } = await import('exceljs');
  const workbook = new excel.Workbook();
  await workbook.xlsx.load(file.slice().buffer);
  return JSON.stringify(workbook.worksheets.map((sheet) => sheet.getSheetValues()));
}

interface Tried {
  readonly path: string;
  readonly roles: readonly Role[];
}

function operations(
  within: OperationMeta['within'],
  part: object = centreContract,
  at: readonly string[] = [],
): Tried[] {
  return Object.entries(part).flatMap(([name, inner]: [string, object]) => {
    const path = [...at, name];
    if (!isContractProcedure(inner)) return operations(within, inner, path);
    const meta = inner['~orpc'].meta as OperationMeta;
    return meta.within === within ? [{ path: path.join('.'), roles: meta.roles ?? [] }] : [];
  });
}

/** Everybody who is limited and has one of the roles. */
const limited: readonly (readonly [string, UserRole])[] = [
  ['north-admin', 'administrator'],
  ['north-operator', 'operator'],
  ['coordinator', 'coordinator'],
  ['site-observer', 'observer'],
  ['one-account', 'site'],
];
const callers = ({ roles }: Tried): string[] =>
  limited.filter(([, role]) => roles.includes(role)).map(([account]) => account);

const person = { name: '', phone: '', role: 'site', active: true } as const;
const siteLimit = (siteCode: Site) => ({ to: 'site', projectId: here.projectId, siteCode });

/** What is tried of each operation that names a site. */
const namesSite: Record<string, (site: Site) => object> = {
  'roster.tickets': (siteCode) => ({ ...project(), siteCode, language: 'en' }),
  'publication.exportSite': (siteCode) => ({ ...project(), siteCode }),
  'site.newRegistrationCode': (siteCode) => ({ ...project(), siteCode }),
  'reserveConsole.open': (siteCode) => ({ ...project(), siteCode }),
  'reserveConsole.remove': (siteCode) => ({ ...project(), siteCode, consoleId: 'c1' }),
  'authorisation.exportFile': (siteCode) => ({ ...session(), siteCode }),
  'authorisation.exportRelease': (siteCode) => ({ ...session(), siteCode }),
  'authorisation.releaseWords': (siteCode) => ({ ...session(), siteCode, language: 'en' }),
  'code.read': (site) => code(site),
  'code.issue': (site) => ({ ...code(site), reason: 'late' }),
  'code.accept': (site) => ({ ...code(site), reason: 'late' }),
  'board.site': (siteCode) => ({ ...project(), ...session(), siteCode }),
  'board.acknowledge': (siteCode) => ({
    ...project(),
    ...session(),
    siteCode,
    kind: 'silent',
    since: 1,
    note: 'called',
  }),
  'support.thread': (site) => thread(site),
  'support.open': (siteCode) => ({
    ...project(),
    siteCode,
    stage: 'other',
    priority: 'normal',
    phone: '',
    text: 'asked',
    byTelephone: false,
  }),
  'support.write': (site) => ({ ...thread(site), text: 'written' }),
  'support.change': (site) => ({ ...thread(site), state: 'working' }),
  'support.seen': (site) => thread(site),
  'result.exportReceipts': (siteCode) => ({ ...project(), siteCode }),
  'completeness.site': (siteCode) => ({ ...ofEvent(), siteCode }),
  'completeness.pages': (siteCode) => ({ ...ofEvent(), siteCode, number: '1', side: 1 }),
  'completeness.exportKits': (siteCode) => ({ ...ofEvent(), siteCode, ...csv }),
  'protocol.site': (siteCode) => ({ ...ofEvent(), siteCode }),
  'protocol.exportMissing': (siteCode) => ({ ...ofEvent(), siteCode, language: 'en' }),
  'protocol.handIn': (siteCode) => ({ ...ofEvent(), siteCode, room: `${siteCode}-R1`, body: protocol }),
  'protocol.template': (siteCode) => ({ ...ofEvent(), siteCode, language: 'en' }),
  'protocol.preview': (siteCode) => ({ ...ofEvent(), siteCode, uploadId: '0000000000000000' }),
  'protocol.handInFile': (siteCode) => ({ ...ofEvent(), siteCode, uploadId: '0000000000000000' }),
  'dayPackage.site': (siteCode) => ({ ...ofEvent(), siteCode }),
  'dayPackage.liveSite': (siteCode) => ({ ...ofEvent(), siteCode }),
  'dayPackage.sheets': (siteCode) => ({ ...project(), siteCode, packageId: 'none' }),
  'dayPackage.decide': (siteCode) => ({ ...project(), siteCode, packageId: 'none', quality: 'good' }),
  'dayPackage.words': (siteCode) => ({ ...ofEvent(), siteCode }),
  'dayPackage.books': (siteCode) => ({ ...ofEvent(), siteCode }),
  'dayPackage.exportSiteBooks': (siteCode) => ({ ...ofEvent(), siteCode, format: 'csv' }),
  'dayPackage.sayStage': (siteCode) => ({ ...ofEvent(), siteCode, stage: 'printed', done: true }),
  'siteArchive.password': (siteCode) => ({ ...ofEvent(), siteCode }),
  'siteArchive.download': (siteCode) => ({ ...ofEvent(), siteCode }),
  'event.rooms': (siteCode) => ({ ...ofEvent(), siteCode }),
  'event.print': (siteCode) => ({ ...ofEvent(), siteCode, roomCode: `${siteCode}-R1`, language: 'en' }),
};

const project = () => ({ projectId: here.projectId });
const session = () => ({ sessionId: here.sessionId });
const ofEvent = () => ({ projectId: here.projectId, eventId: here.eventId });
const csv = { format: 'csv', language: 'en' };
const protocol = {
  conductedBy: 'Ann',
  startedAt: '09:00',
  endedAt: '12:00',
  kitsReceived: 1,
  kitsUsed: 1,
  absent: 0,
  notFinished: 0,
  spoiledKits: [],
  registrationForms: 1,
  answerForms: 2,
  additionalSheets: 0,
  remarks: '',
  signedBy: 'Ann',
};
const code = (site: Site) => ({ ...project(), ...session(), roomCode: `${site}-R1`, challenge: asked(1) });
const marks = () => ({ ...project(), eventId: here.eventId, desk: 'desk' });
const thread = (siteCode: Site) => ({ ...project(), siteCode, threadId: here.threads[siteCode] });

/** Sent by somebody without a limit: a page of the foreign site. */
const upload = () => ({ ...project(), uploadId: here.uploadId });
const scan = () => ({ ...project(), scanId: here.scanId });

interface Filtered {
  readonly input: () => unknown;
  /** What whoever sees everything gets of the foreign site; else `foreign`. */
  readonly whole?: RegExp;
  /** Sees the foreign site; else the administrator without a limit. */
  readonly seenBy?: string;
  /** It is to be refused like this, instead of answered without the foreign site. */
  readonly refused?: string;
}

const ofProject: Filtered = { input: project };
const page = { offset: 0, limit: 100 };

/** What is tried of each operation that is filtered. */
const filters: Record<string, Filtered> = {
  'mark.events': { input: project, whole: /"open":1/ },
  'mark.next': { input: () => ({ ...marks(), of: 'waiting', after: null }) },
  'mark.row': { input: () => ({ ...marks(), ...here.row }), whole: /S2/ },
  'mark.decide': {
    input: () => ({ ...marks(), ...here.row, marked: [], upon: 0 }),
    refused: 'no-such-row',
  },
  'mark.readAgain': { input: () => ({ ...marks(), after: null }), whole: /"looked":2/ },
  'mark.exportFile': { input: () => ({ ...marks(), format: 'csv', language: 'en' }) },
  'user.list': { input: () => undefined },
  'user.add': {
    input: () => ({ ...person, account: 'new-one', password: 'window seat 4', limit: siteLimit('S2') }),
    refused: 'outside-limit',
  },
  'user.change': {
    input: () => ({ ...person, account: 'two-account', limit: siteLimit('S1') }),
    refused: 'no-such-account',
  },
  'user.setPassword': {
    input: () => ({ account: 'two-account', password: 'window seat 4' }),
    refused: 'no-such-account',
  },
  'project.list': { input: () => undefined, whole: /"sites":2,"rooms":2,"candidates":3/ },
  'project.get': { input: project, whole: /"sites":2,"rooms":2,"candidates":3/ },
  'project.live': { input: project, whole: /"sites":2,"rooms":2,"candidates":3/ },
  'roster.candidates': { input: () => ({ ...project(), ...page, search: '' }) },
  'roster.photo': { input: () => ({ ...project(), admissionNumber: '1003' }), whole: /data:image/ },
  'publication.sites': ofProject,
  'publication.downloads': ofProject,
  'site.list': ofProject,
  'reserveConsole.list': ofProject,
  'authorisation.list': ofProject,
  'code.list': ofProject,
  'code.live': ofProject,
  'board.get': ofProject,
  'board.live': ofProject,
  'support.get': ofProject,
  'support.live': ofProject,
  'support.announce': {
    input: () => ({ ...project(), prefix: 'S2', text: 'read this' }),
    whole: /"sites":1/,
  },
  'result.list': ofProject,
  'result.scores': { input: () => ({ ...project(), ...page }) },
  'result.files': { input: () => ({ ...project(), ...page }) },
  'result.downloadFile': {
    input: () => ({ ...project(), ...session(), admissionNumber: '1003', item: 'a', response: 'R' }),
    whole: /drawn at S2/,
  },
  'result.exportCsv': ofProject,
  'result.exportXlsx': ofProject,
  'result.exportAnswers': ofProject,
  'scan.upload': { input: upload, refused: 'no-such-upload' },
  'scan.pages': { input: () => ({ ...upload(), ...page, group: null }), refused: 'no-such-upload' },
  'scan.get': { input: scan, refused: 'no-such-scan' },
  'scan.lookUp': { input: () => ({ ...project(), number: numbersOf(2)[0] }) },
  'scan.decide': {
    input: () => ({ ...scan(), seen: 0, decision: { what: 'deleted' } }),
    refused: 'no-such-scan',
  },
  'completeness.events': { input: project, whole: /"sites":2/ },
  'completeness.sites': { input: ofEvent },
  'completeness.strangers': { input: project, whole: /"unrecognised":1/ },
  'completeness.exportSites': { input: () => ({ ...ofEvent(), ...csv }) },
  'completeness.exportMissing': { input: () => ({ ...ofEvent(), ...csv }) },
  'protocol.events': { input: project, whole: /"sites":2/ },
  'protocol.sites': { input: ofEvent },
  'dayPackage.events': { input: project, whole: /"sites":2/ },
  'dayPackage.board': { input: ofEvent },
  'dayPackage.live': { input: ofEvent },
  'dayPackage.take': {
    input: () => ({ ...project(), uploadId: '0000000000000000' }),
    refused: 'upload-gone',
  },
  'dayPackage.bookList': { input: () => ({ ...ofEvent(), by: 'site' }) },
  'dayPackage.exportBooks': { input: () => ({ ...ofEvent(), format: 'csv' }) },
  'dayPackage.own': { input: () => undefined, seenBy: 'two-account' },
  'event.list': { input: project, whole: /"sites":2,"kits"/ },
  'event.sites': { input: () => ({ ...ofEvent(), ...page }) },
  'event.find': { input: () => ({ ...project(), number: numbersOf(2)[0] }) },
  'event.export': { input: () => ({ ...ofEvent(), format: 'csv', language: 'en' }) },
  'limit.regions': { input: () => undefined },
  'limit.sites': ofProject,
  'scanUpload.expect': {
    input: () => ({ projectId: here.otherProjectId, fileName: 'a.zip', size: 1, modifiedAt: 1 }),
    refused: 'no-such-project',
  },
  'scanUpload.list': ofProject,
  'scanUpload.live': ofProject,
  'scanUpload.givePassword': {
    input: () => ({ ...project(), uploadId: here.scanUploadId, password: 'x' }),
    refused: 'no-such-upload',
  },
  'scanUpload.cancel': {
    input: () => ({ ...project(), uploadId: here.scanUploadId }),
    refused: 'no-such-upload',
  },
  'scanUpload.readAgain': {
    input: () => ({ ...project(), scanId: here.scanId }),
    refused: 'no-such-scan',
  },
  'siteAccount.get': { input: () => undefined, seenBy: 'two-account' },
  'siteAccount.live': { input: () => undefined, seenBy: 'two-account' },
};

test('every operation that names a site, and every one that is filtered, is tried here', () => {
  const paths = (within: OperationMeta['within']): string[] =>
    operations(within)
      .map(({ path }) => path)
      .toSorted();
  expect(Object.keys(namesSite).toSorted()).toEqual(paths('site'));
  expect(Object.keys(filters).toSorted()).toEqual(paths('filtered'));
});

test.each(operations('site').map((one) => [one.path, one] as const))(
  '%s with the foreign site is refused to everybody who is limited, and with the own one it is not',
  async (path, one) => {
    const input = namesSite[path];
    expect(callers(one).length).toBeGreaterThan(0);
    for (const account of callers(one)) {
      expect([account, (await outcome(account, path, input?.('S2'))).is]).toEqual([account, 'NOT_ALLOWED']);
      expect([account, (await outcome(account, path, input?.('S1'))).is]).not.toEqual([
        account,
        'NOT_ALLOWED',
      ]);
    }
    // It is no more than the limit: whoever has none is not held back.
    if (one.roles.includes('administrator'))
      expect((await outcome('admin', path, input?.('S2'))).is).not.toBe('NOT_ALLOWED');
  },
);

test.each(operations('filtered').map((one) => [one.path, one] as const))(
  '%s answers nothing of the foreign site to anybody who is limited',
  async (path, one) => {
    const { input, whole = foreign, seenBy = 'admin', refused } = filters[path] as Filtered;
    for (const account of callers(one)) {
      const { is, text } = await outcome(account, path, input());
      if (refused !== undefined) expect([account, is]).toEqual([account, refused]);
      // The refusal says again what was asked for, and nothing else.
      if (is === 'done') expect([account, text]).not.toEqual([account, expect.stringMatching(whole)]);
      if (is === 'done') expect([account, text]).not.toEqual([account, expect.stringMatching(foreign)]);
    }
    // Without a limit it is there: the test would see it.
    if (refused === undefined) expect((await outcome(seenBy, path, input())).text).toMatch(whole);
  },
);

test('nothing is reached through a session, a room or a project that do not belong together', async () => {
  const inputs: [string, object][] = [
    // The own site, and a session of another project.
    ['board.site', { ...project(), sessionId: here.otherSessionId, siteCode: 'S1' }],
    ['code.read', { ...code('S1'), sessionId: here.otherSessionId }],
    // A site of the same code in a project where it is in no region.
    ['publication.exportSite', { projectId: here.otherProjectId, siteCode: 'S1' }],
    ['authorisation.exportFile', { sessionId: here.otherSessionId, siteCode: 'S1' }],
    ['publication.exportSite', { ...project(), siteCode: 'S3' }],
    ['publication.exportSite', { projectId: 'none', siteCode: 'S1' }],
    ['roster.tickets', { ...project(), siteCode: null, language: 'en' }],
  ];
  for (const [path, input] of inputs)
    expect([path, (await outcome('coordinator', path, input)).is]).toEqual([path, 'NOT_ALLOWED']);
  for (const [path, input] of inputs.slice(0, 4))
    if (path !== 'board.site')
      expect([path, (await outcome('one-account', path, input)).is]).toEqual([path, 'NOT_ALLOWED']);
});

test('a coordinator adds, changes and switches off accounts of the own sites, and makes nobody anything else', async () => {
  const tryIt = async (path: string, input: object) => (await outcome('coordinator', path, input)).is;
  const added = { account: 'one-more', name: 'Wang', phone: '1', role: 'site', limit: siteLimit('S1') };
  const given = { password: 'window seat 4' };
  expect(await tryIt('user.add', { ...added, ...given })).toBe('done');
  expect(await tryIt('user.change', { ...added, active: false })).toBe('done');
  expect(await tryIt('user.setPassword', { account: 'one-more', ...given })).toBe('done');
  for (const to of [
    { role: 'operator', limit: null },
    { role: 'administrator', limit: north },
    { role: 'coordinator', limit: north },
    { role: 'site', limit: siteLimit('S2') },
    { role: 'observer', limit: siteLimit('S1') },
  ]) {
    expect([to, await tryIt('user.change', { ...added, active: true, ...to })]).toEqual([
      to,
      'outside-limit',
    ]);
    expect([to, await tryIt('user.add', { ...added, account: 'x', ...given, ...to })]).toEqual([
      to,
      'outside-limit',
    ]);
  }
  for (const account of ['admin', 'coordinator', 'north-operator', 'two-account'])
    expect([account, await tryIt('user.change', { ...added, account, active: true })]).toEqual([
      account,
      'no-such-account',
    ]);
  expect(await tryIt('user.remove', { account: 'one-more' })).toBe('NOT_ALLOWED');
  const [last] = here.test.centre.node.journal.after(0, 100_000).slice(-1);
  expect(JSON.parse(last?.header ?? '')).toMatchObject({
    kind: 'user-password-set',
    data: { by: 'coordinator' },
  });
});

test('a role that needs a limit is not given without, and one that is of no roster is not taken', async () => {
  const add = async (to: object) =>
    (
      await outcome('admin', 'user.add', {
        account: 'y',
        name: '',
        phone: '',
        password: 'window seat 4',
        ...to,
      })
    ).is;
  expect(await add({ role: 'coordinator', limit: null })).toBe('limit-needed-regions');
  expect(await add({ role: 'site', limit: null })).toBe('limit-needed-site');
  expect(await add({ role: 'site', limit: north })).toBe('limit-needed-site');
  expect(await add({ role: 'coordinator', limit: { to: 'regions', regions: ['North', 'West'] } })).toBe(
    'no-such-region',
  );
  expect(await add({ role: 'observer', limit: { to: 'site', ...project(), siteCode: 'S9' } })).toBe(
    'no-such-site',
  );
});

test('a limit that is given while somebody watches counts for the next request, the next event and every file that was made', async () => {
  const { accounts } = here.test.centre.node;
  expectOk(await accounts.create('watcher', 'operator', password, false));
  const client = signedIn('watcher');
  const stream = (await client.call('board.live')(project())) as AsyncIterable<unknown>;
  const views = stream[Symbol.asyncIterator]();
  expect(JSON.stringify((await views.next()).value)).toMatch(foreign);
  const made = (await client.call('result.exportCsv')(project())) as { ticket: string };
  const change = { account: 'watcher', name: '', phone: '', role: 'operator', active: true };
  expect((await outcome('admin', 'user.change', { ...change, limit: north })).is).toBe('done');
  // What the stream still brings, if anything, is nothing of the foreign site; then it ends or breaks, and is begun anew.
  const rest: unknown[] = [];
  await (async () => {
    for (let next = await views.next(); !next.done; next = await views.next()) rest.push(next.value);
  })().catch(() => undefined);
  expect(JSON.stringify(rest)).not.toMatch(foreign);
  expect((await outcome('watcher', 'board.live', project())).text).not.toMatch(foreign);
  expect((await outcome('watcher', 'site.list', project())).text).not.toMatch(foreign);
  expect(new TextDecoder().decode(await client.file(made.ticket))).toContain('download-gone');
  // Still signed in; and what is left out stays as it is.
  expect((await outcome('admin', 'user.change', { ...change, name: 'Li' })).is).toBe('done');
  expect((await outcome('watcher', 'account.me', undefined)).text).toContain('"North"');
});

test('a limited user who has forgotten the password comes back with the same limit, and what was open is over', async () => {
  const { node } = here.test.centre;
  const person = { name: '', phone: '', limit: north };
  expectOk(await node.accounts.create('forgetful', 'operator', password, false, person));
  node.accounts.setEmail('forgetful', 'forgetful@school.example');
  const mails = await mailServer();
  await keepServer(node, mails.at, null);
  const account = 'forgetful';
  expect((await outcome(account, 'forgottenPassword.ask', { account })).is).toBe('done');
  await new Postman(here.test.centre, (error) => {
    throw error;
  }).tick();
  const code = /^ {4}(\S+)$/m.exec(mails.taken[0]?.text ?? '')?.[1];
  const next = 'window seat 4';
  expect((await outcome(account, 'forgottenPassword.set', { account, code, next })).is).toBe('done');
  expect((await outcome(account, 'site.list', project())).text).toContain('sign-in-ended');
  expectOk(await node.accounts.signIn(account, next));
  clients.delete(account);
  const seen = (await outcome(account, 'site.list', project())).text;
  expect(seen).toContain('S1');
  expect(seen).not.toMatch(foreign);
});
