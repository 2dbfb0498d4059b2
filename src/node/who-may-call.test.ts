/** Every operation of every console, who may call it, and how far it goes for a user who is limited: a table that has to be changed together with a contract. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import { isContractProcedure } from '@orpc/contract';
import { ORPCError } from '@orpc/server';
import { centreContract } from '../centre/contract.ts';
import { roomContract } from '../room/contract.ts';
import { siteContract } from '../site/contract.ts';
import { Accounts } from './accounts.ts';
import type { Role } from './contract.ts';
import type { OperationMeta, Within } from './operation.ts';
import { FileExchange } from './files.ts';
import { guardOperation, type OperationContext } from './operations.ts';
import { rolesAt, userRoles, type UserRole } from './users/contract.ts';
import type { Limit } from './users/limit.ts';

const contracts = { centre: centreContract, site: siteContract, room: roomContract };

interface Procedure {
  readonly path: string;
  readonly roles: readonly Role[];
  readonly within: Within | null;
  readonly input: unknown;
  readonly itself: Parameters<typeof guardOperation>[0]['procedure'];
}

function procedures(contract: object, path: readonly string[] = []): Procedure[] {
  return Object.entries(contract).flatMap(([name, part]: [string, object]) => {
    const here = [...path, name];
    if (!isContractProcedure(part)) return procedures(part, here);
    const { meta, inputSchema: input } = part['~orpc'];
    const { roles = [], within = null } = meta as OperationMeta;
    return [{ path: here.join('.'), roles, within, input, itself: part }];
  });
}

const consoles = Object.entries(contracts).map(
  ([role, contract]) => [role as keyof typeof contracts, procedures(contract)] as const,
);

/** What can be called before anybody has signed in. */
const beforeSignIn: Record<keyof typeof contracts, readonly string[]> = {
  centre: [
    'account.forgotten',
    'account.me',
    'account.signIn',
    'account.signOut',
    'forgottenPassword.ask',
    'forgottenPassword.set',
    'passkey.signIn',
    'passkey.signInOptions',
  ],
  // A new site has no account yet.
  site: [
    'account.forgotten',
    'account.me',
    'account.signIn',
    'account.signOut',
    'passkey.signIn',
    'passkey.signInOptions',
    'restore.find',
    'restore.look',
    'restore.run',
    'setup.complete',
    'setup.state',
    'setup.tokens',
  ],
  room: [
    'account.forgotten',
    'account.me',
    'account.signIn',
    'account.signOut',
    'passkey.signIn',
    'passkey.signInOptions',
  ],
};

test.each(consoles)('every operation of the %s says who may call it', (role, all) => {
  expect(all.length).toBeGreaterThan(30);
  const here: readonly Role[] = ['everyone', ...userRoles];
  for (const { path, roles } of all) {
    expect([path, roles.length > 0 && roles.every((one) => here.includes(one))]).toEqual([path, true]);
    // A role that nobody at this console can have would be an operation that nobody can call.
    const possible = roles.some((one) => one === 'everyone' || isAt(role, one));
    expect([path, possible]).toEqual([path, true]);
  }
  const open = all.filter(({ roles }) => roles.includes('everyone')).map(({ path }) => path);
  expect(open.toSorted()).toEqual([...beforeSignIn[role]].toSorted());
});

function isAt(console: keyof typeof rolesAt, role: UserRole): boolean {
  return (rolesAt[console] as readonly UserRole[]).includes(role);
}

interface As {
  readonly mustChange?: boolean;
  readonly limit?: Limit;
  /** Does what its input names lie within the limit? */
  readonly holds?: boolean;
}

/** Calls it the way the web server does. @returns whether the handler was reached. */
async function reached(
  procedure: Procedure,
  role: UserRole | null,
  { mustChange = false, limit, holds = false }: As = {},
): Promise<boolean> {
  let called = false;
  const user = role && {
    account: 'x',
    name: '',
    role,
    mustChangePassword: mustChange,
    limit: limit ?? null,
  };
  const context = {
    user,
    account: 'x',
    sessionToken: null,
    accounts: {} as Accounts,
    files: {} as FileExchange,
    reach: { holds: () => Promise.resolve(holds) },
  };
  const call = {
    context: context as unknown as OperationContext,
    path: procedure.path.split('.'),
    // Whatever an input is like, it is one.
    procedure: { '~orpc': { ...procedure.itself['~orpc'], inputSchema: z.unknown() } },
    next: async () => {
      called = true;
    },
  };
  await guardOperation(call).catch((error: unknown) => {
    // Kept out is an answer; anything else that goes wrong is none.
    if (!(error instanceof ORPCError)) throw error;
  });
  return called;
}

test.each(consoles)('the %s’s server lets exactly those call an operation', async (role, all) => {
  for (const procedure of all) {
    const open = procedure.roles.includes('everyone');
    for (const one of userRoles)
      expect([procedure.path, one, await reached(procedure, one)]).toEqual([
        procedure.path,
        one,
        open || procedure.roles.includes(one),
      ]);
    expect([procedure.path, await reached(procedure, null)]).toEqual([procedure.path, open]);
    // With a first password that others know nothing but replacing it is possible.
    const free = open || procedure.path === 'account.changePassword';
    for (const one of rolesAt[role])
      if (!free && procedure.roles.includes(one))
        expect([procedure.path, await reached(procedure, one, { mustChange: true })]).toEqual([
          procedure.path,
          false,
        ]);
  }
});

const ofCentre = procedures(centreContract);

test('every operation of the centre says how far it goes for a user who is limited', () => {
  const silent = ofCentre.filter(({ within }) => within === null).map(({ path }) => path);
  // Nobody who is limited can call them: say `operation.everything(…)`, or let them in with `.filtered` or `.site`.
  expect(silent).toEqual([]);
  // Before the sign-in there is nobody whose limit could count.
  for (const { path, roles, within } of ofCentre)
    if (roles.includes('everyone')) expect([path, within]).toEqual([path, 'own']);
});

test('an operation that is checked by its site names one, with its project or session, in the words of the check', () => {
  for (const { path, within, input } of ofCentre) {
    if (within !== 'site') continue;
    const named = input instanceof z.ZodObject ? Object.keys(input.shape) : [];
    const has = (...words: string[]): boolean => words.some((word) => named.includes(word));
    expect([path, has('siteCode', 'roomCode'), has('projectId', 'sessionId')]).toEqual([path, true, true]);
  }
});

const limits: readonly Limit[] = [
  { to: 'regions', regions: ['North'] },
  { to: 'site', projectId: 'p', siteCode: 'S1' },
];

test('whoever is limited reaches what is the user’s own, what is filtered, and a site within the limit; nothing else', async () => {
  for (const procedure of ofCentre)
    for (const role of rolesAt.centre)
      for (const limit of limits)
        for (const holds of [false, true]) {
          const { path, roles, within } = procedure;
          const may = within === 'own' || within === 'filtered' || (within === 'site' && holds);
          const open = roles.includes('everyone');
          expect([path, role, holds, await reached(procedure, role, { limit, holds })]).toEqual([
            path,
            role,
            holds,
            open || (roles.includes(role) && may),
          ]);
        }
});

test('a node without a reach lets a limited user do nothing with a site, and an operation that says nothing is for nobody limited', async () => {
  const user = { account: 'x', name: '', role: 'operator', mustChangePassword: false, limit: limits[0] };
  for (const meta of [{ roles: ['operator'], within: 'site' }, { roles: ['operator'] }]) {
    const call = guardOperation({
      context: { user, reach: null } as unknown as OperationContext,
      path: ['any'],
      procedure: { '~orpc': { meta, inputSchema: z.unknown() } },
      next: () => Promise.resolve('reached'),
    });
    await expect(call).rejects.toMatchObject({ code: 'NOT_ALLOWED', data: { type: 'outside-limit' } });
  }
});

/** With those who sign in for a site: nothing that decides for others, and no list of more than this site. */
const forSiteAccounts = [
  'account.changePassword',
  'authorisation.exportFile',
  'authorisation.exportRelease',
  'authorisation.releaseWords',
  'code.issue',
  'code.read',
  'completeness.events',
  'completeness.exportKits',
  'completeness.site',
  'dayPackage.own',
  'dayPackage.sayStage',
  'frame',
  'passkey.add',
  'passkey.begin',
  'passkey.list',
  'passkey.remove',
  'protocol.events',
  'protocol.exportMissing',
  'protocol.handIn',
  'protocol.handInFile',
  'protocol.preview',
  'protocol.site',
  'protocol.template',
  'publication.exportSite',
  'signIn.end',
  'signIn.endOthers',
  'signIn.list',
  'siteAccount.get',
  'siteAccount.live',
  'siteArchive.download',
  'siteArchive.password',
  'support.open',
  'support.write',
];

test('an account of a site does what a site does, and a coordinator manages accounts of sites and removes none', () => {
  const paths = (role: Role): string[] =>
    ofCentre.filter(({ roles }) => roles.includes(role)).map(({ path }) => path);
  expect(paths('site').toSorted()).toEqual(forSiteAccounts);
  const users = paths('coordinator').filter((path) => path.startsWith('user.'));
  expect(users.toSorted()).toEqual(['user.add', 'user.change', 'user.list', 'user.setPassword']);
  // Otherwise no more than an operator.
  const more = paths('coordinator').filter((path) => !paths('operator').includes(path));
  expect(more.filter((path) => !path.startsWith('user.') && !path.startsWith('limit.'))).toEqual([]);
});

test('at the support desk an observer reads, and operators and administrators write', () => {
  const desk = ofCentre.filter(({ path }) => path.startsWith('support.'));
  const observers = ({ roles }: Procedure): boolean => roles.includes('observer');
  const read = desk.filter(observers).map(({ path }) => path);
  expect(read.toSorted()).toEqual(['support.get', 'support.live', 'support.thread']);
  const writers = desk
    .filter((one) => !observers(one))
    .map(({ roles }) => roles.filter((role) => role !== 'site'));
  expect(writers).toEqual(writers.map(() => ['administrator', 'operator', 'coordinator']));
});

test('a dossier is made by operators and administrators, and only an administrator takes all that is kept of a room', () => {
  const made = procedures(centreContract).filter(({ path }) => path.startsWith('dossier.'));
  expect(made.map(({ path, roles }) => [path, roles])).toEqual([
    ['dossier.get', ['administrator', 'operator']],
    ['dossier.pdf', ['administrator', 'operator']],
    ['dossier.parcel', ['administrator', 'operator']],
    ['dossier.room', ['administrator']],
  ]);
});

/** 考前 and 考后: what is set up before the exam day and what closes it. Everything else in a room is the exam day's work. */
const administratorAlone = [
  'drive.list',
  'drive.live',
  'exam.importFile',
  'exam.load',
  'examBrowser.save',
  'initialise.gate',
  'initialise.run',
  'ownSite.authorisation.calibrate',
  'ownSite.authorisation.enterWords',
  'ownSite.authorisation.fetch',
  'ownSite.authorisation.importFile',
  'ownSite.authorisation.importRelease',
  'ownSite.authorisation.verify',
  'ownSite.checkPublication',
  'ownSite.libraries',
  'ownSite.setUp',
  'ownSite.tokens',
  'remoteControl.initialise',
  'sealCheck.accept',
  'sealCheck.run',
  'seat.addPlanned',
  'seat.edit',
  'seat.importPlan',
  'seat.order',
  'seat.remove',
  'seat.removePlanned',
  'seat.renewPairingCode',
  'session.backup',
  'session.end',
  'session.exportResult',
  'session.importReceipt',
  'session.report',
  'settings.register',
  'settings.save',
  'settings.siteMoved',
  'signIn.all',
  'signIn.endOf',
  'user.add',
  'user.change',
  'user.list',
  'user.remove',
  'user.setPassword',
];

test('in a room an invigilator does the exam day’s work, and an administrator everything', () => {
  const all = procedures(roomContract).filter(({ roles }) => !roles.includes('everyone'));
  expect(all.filter(({ roles }) => !roles.includes('administrator'))).toEqual([]);
  const alone = all.filter(({ roles }) => !roles.includes('invigilator')).map(({ path }) => path);
  expect(alone.toSorted()).toEqual(administratorAlone);
});

/** At a site an observer sees how it stands, and changes nothing. */
const observerMaySee = [
  'account.changePassword',
  'backup.last',
  'code.list',
  'code.live',
  'collection.list',
  'collection.live',
  'collection.record',
  'distribution.get',
  'distribution.live',
  'frame',
  'lock.list',
  'monitor.get',
  'monitor.live',
  'overview.get',
  'overview.live',
  'paperDay.events',
  'paperDay.get',
  'paperDay.live',
  'passkey.add',
  'passkey.begin',
  'passkey.list',
  'passkey.remove',
  'room.list',
  'room.registrations',
  'sealCheck.last',
  'signIn.end',
  'signIn.endOthers',
  'signIn.list',
  'support.get',
  'support.live',
  'toFormal.archives',
];

test('at a site an observer looks on, and only an administrator initialises, goes to the formal exam and closes', () => {
  const all = procedures(siteContract).filter(({ roles }) => !roles.includes('everyone'));
  const seen = all.filter(({ roles }) => roles.includes('observer')).map(({ path }) => path);
  expect(seen.toSorted()).toEqual(observerMaySee);
  for (const path of ['initialise.run', 'toFormal.run', 'close.run', 'setup.again'])
    expect([path, all.find((one) => one.path === path)?.roles]).toEqual([path, ['administrator']]);
});
