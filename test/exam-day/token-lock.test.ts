import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { pairWithParent } from '../../src/courier/https/child.ts';
import { SoftHsm, softHsm } from '../../src/hardware/token/pkcs11/softhsm.fixture.ts';
import { createNodeKeys } from '../../src/trust/keys.ts';
import { exchangeOf, prepareCentre, releasePin, signIn } from '../../tools/exam-day/exam-day.ts';
import { openConsole, refusalIn, until } from '../../tools/exam-day/process.ts';
import { Processes } from '../../tools/exam-day/processes.ts';

const data = mkdtempSync(join(tmpdir(), 'invigil-token-'));
const processes = new Processes(data);
const password = 'site-password';
const pin = 'the-tokens-own-pin';

afterAll(async () => {
  await processes.kill();
  rmSync(data, { recursive: true, force: true });
});

const refused = (work: Promise<unknown>): Promise<{ type: string } | null> =>
  work.then(() => null, refusalIn);

/** Everything that lies in a folder, as one text. */
const written = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');

test.runIf(softHsm !== null)(
  'a site whose exam lock is a token: from the first start to the verified authorisation, pulled out and killed in between (left out where softhsm2 is not installed)',
  async () => {
    const hsm = new SoftHsm();
    try {
      const library = softHsm ?? '';
      const serial = hsm.create('School 7', pin);
      const started = await processes.start('centre', { hosted: true });
      const centre = await openConsole('centre', started.port);
      await signIn(centre, password);
      const { projectId, sessionIds } = await prepareCentre(centre, {
        code: 'P1',
        name: 'Trial',
        startAt: Date.now(),
        durationMin: 60,
        roster: { sessions: 1, sites: ['S1'], roomsPerSite: 1, candidatesPerRoom: 1 },
      });
      const sessionId = sessionIds[0] ?? '';
      // As it is built and by itself, like a site of its own computer.
      const site = await openConsole('site', (await processes.start('site')).port);
      expect(await site.call.setup.tokens({ library })).toMatchObject([{ serial, label: 'School 7' }]);
      const [row] = await centre.call.site.list({ projectId });
      // A centre that sealed to what is no key would find it out on the day of the exam.
      const malformed = await pairWithParent({
        address: exchangeOf(started),
        code: row?.registrationCode ?? '',
        child: { role: 'site', code: 'S1', id: newId() },
        keys: await createNodeKeys(),
        details: { lock: { serial, recipient: `age1tag1${'q'.repeat(59)}` } },
      });
      expect(malformed).toMatchObject({ ok: false });
      const setUp = (typed: string) =>
        site.call.setup.complete({
          siteCode: 'S1',
          mode: 'formal',
          centreAddress: exchangeOf(started),
          registrationCode: row?.registrationCode ?? '',
          account: 'admin',
          password,
          lock: { kind: 'pkcs11', library, serial, pin: typed },
        });
      expect(await refused(setUp('another'))).toEqual({ type: 'wrong-pin-few-tries' });
      expect(await setUp(pin)).toEqual({ registered: true });
      await site.call.account.signIn({ account: 'admin', password });
      await site.call.exam.load();
      expect((await centre.call.site.list({ projectId }))[0]?.lockSerial).toBe(serial);

      await centre.call.authorisation.prepare({ projectId, sessionId, pin: releasePin });
      await site.call.authorisation.fetch();
      const calibrate = (typed = pin) => site.call.authorisation.calibrate({ sessionId, pin: typed });
      await until('the release', async () => {
        const refusal = await refused(calibrate('wrong'));
        return refusal?.type === 'wrong-pin-few-tries';
      });
      const lockShown = async () => (await site.call.frame()).indicators.find(({ id }) => id === 'lock');
      expect(await lockShown()).toMatchObject({ state: 'passed', values: { serial } });
      hsm.pullOut(serial);
      await until('the status bar to miss it', async () => (await lockShown())?.state === 'failed');
      expect(await lockShown()).toMatchObject({ reason: { type: 'lock-pulled-out', serial } });
      expect(await refused(calibrate())).toEqual({ type: 'lock-pulled-out', serial });

      // Without its token the site starts as well, and finds it when it comes.
      await processes.get('site').kill();
      await processes.again('site');
      await site.call.account.signIn({ account: 'admin', password });
      await until('the site to have looked', async () => (await lockShown())?.reason?.type === 'no-token');
      hsm.plugIn(serial);
      await until('the status bar to see it', async () => (await lockShown())?.state === 'passed');
      expect((await calibrate()).calibratedAt).not.toBeNull();
      expect((await site.call.authorisation.verify({ sessionId })).verifiedAt).not.toBeNull();

      // The token opens the backup on another computer as well.
      const stick = join(data, 'stick');
      const { file } = await site.call.backup.make({ directory: stick });
      await processes.get('site').stop();
      const another = await openConsole('site', (await processes.start('site', { name: 'site-2' })).port);
      const restore = (typed: string) =>
        another.call.restore.run({ path: file, lockPath: library, tokenSerial: serial, pin: typed });
      expect(await refused(restore('another'))).toEqual({ type: 'wrong-pin-few-tries' });
      await restore(pin);
      await until('the restored site', async () =>
        another.call.setup.state().then(
          ({ lockKind, lockSerial }) => lockKind === 'pkcs11' && lockSerial === serial,
          () => false,
        ),
      );
      await processes.get('site-2').stop();
      // The site that was killed has left none behind either.
      expect(hsm.processes()).toEqual([]);
      expect(written(join(data, 'site')).includes(pin)).toBe(false);
    } finally {
      hsm.remove();
    }
  },
);
