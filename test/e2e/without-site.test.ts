/** A room without a site at its own console: what its steps ask for, what they refuse, and that the day goes on from them. */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { exchangeOf, prepareCentre, signIn, type PreparedProject } from '../../tools/exam-day/exam-day.ts';
import { openConsole, type Console, type Contracts } from '../../tools/exam-day/process.ts';
import type { Screen } from './browser.ts';
import { beginDay, type ExamDay } from './exam-day.ts';
import { accessible, lockPin, password, releasePin, replaceFirstPassword } from './stages/desk.ts';

let day: ExamDay;
let room: Screen;
let centre: Console<Contracts['centre']>;
let project: PreparedProject;
let lock: string;

beforeAll(async () => {
  day = await beginDay({ centre: 'centre', room: 'room' });
  lock = join(day.folder, 'lock.key');
  const { process } = await day.open('centre');
  centre = await openConsole('centre', process.port);
  await signIn(centre, password);
  project = await prepareCentre(centre, {
    code: 'P1',
    name: 'Trial',
    startAt: Date.now(),
    durationMin: 60,
    roster: { sessions: 1, sites: ['S1'], roomsPerSite: 1, candidatesPerRoom: 1 },
    policy: { countdownS: 0, earliestHandInMin: 0, lateLimitMin: 60 },
  });
  ({ screen: room } = await day.open('room'));
  await replaceFirstPassword(room, { seenBefore: true });
  const [site] = await centre.call.site.list({ projectId: project.projectId });
  await room.see(/Type the room code/);
  await room.page.getByRole('radio', { name: 'Without a site' }).check();
  await room.see(/Type what the centre gave you/);
  await accessible(room);
  await room.type('Room code', 'S1-R1');
  await room.type(/^Site code/, 'S1');
  await room.type('Address of the centre', exchangeOf(process));
  await room.type('Registration code', `${site?.registrationCode?.slice(0, -4)}AAAA`);
  await room.type('Key file of the exam lock', lock);
  await room.type('PIN of the lock', lockPin);
  await room.press('Save and register');
  await room.see('The registration code is not right.');
  // What was typed is still there; only the code has to be right.
  await room.type('Registration code', site?.registrationCode ?? '');
  await room.press('Save and register');
  await room.see('The room works without a site and is registered at the centre.');
  await accessible(room);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await day.picture(task.name);
});
afterAll(() => day.stop());

test('loads from the centre, and shows whether that is the newest publication', async () => {
  await room.press(/^4 Load exam/);
  await room.see('No exam loaded yet');
  await room.press('Load from the centre');
  await room.see('Session 1');
  await room.see(/^checked/);
  await accessible(room);
  const { projectId } = project;
  const [session] = (await centre.call.project.get({ projectId })).sessions;
  if (!session) throw new Error('no session');
  const { id: sessionId, ...input } = session;
  const policy = { ...input.policy, freeExtraTimeMin: input.policy.freeExtraTimeMin + 1 };
  await centre.call.project.saveSession({ projectId, sessionId, session: { ...input, policy } });
  await centre.call.publication.publish({ projectId });
  await room.press('Check publication');
  await room.see('The centre has published anew: load the exam again.');
  await room.press('Load again');
  await room.see(/The exam was loaded/);
});

test('fetches its authorisation, opens the key with the lock that it holds, and goes on to the exam', async () => {
  await centre.call.authorisation.prepare({
    projectId: project.projectId,
    sessionId: project.sessionIds[0] ?? '',
    pin: releasePin,
  });
  await room.press('Next: Authorisation');
  await room.press('Fetch authorisations');
  await room.see('Every session has its authorisation.');
  await accessible(room);
  await room.press('Next: Seal check');
  renameSync(lock, `${lock}.away`);
  await room.press('Run the seal check');
  await room.see(/The exam lock is not here/);
  renameSync(`${lock}.away`, lock);
  await room.press('Run the seal check');
  await room.press('Next: Authorisation check');
  await room.press('Open the key with the lock');
  await room.type('PIN of the lock', 'another-pin');
  await room.press('Open the key with the lock');
  await room.see('The PIN is not right.');
  await room.type('PIN of the lock', lockPin);
  await room.press('Open the key with the lock');
  await room.see('Session 1: the key is open. Verify it.');
  await room.press('Verify');
  await room.see(/The room authorises by itself/);
  await accessible(room);
  await room.press('To the exam');
  await room.see(/Choose the session/);
  expect(room.complaints).toEqual([]);
});
