/** The lock helper with one key file, at the centre of the day. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { expectOk } from '../../src/base/result.ts';
import { LockHelper } from '../../src/cli/lock/helper.ts';
import { servePage } from '../../src/cli/lock/serve-page.ts';
import { removableDrives } from '../../src/hardware/removable-drive/drives.ts';
import { pkcs11Tokens } from '../../src/hardware/token/pkcs11/tokens.ts';
import { openConsole } from '../exam-day/process.ts';
import { signIn } from '../exam-day/exam-day.ts';
import { password, type PictureDay } from './day.ts';
import { showHelper, type Pictures } from './screen.ts';

const pin = 'pin-of-the-stick';

export async function lockHelper(
  browser: Browser,
  day: PictureDay & { readonly data: string },
  pictures: Pictures,
): Promise<void> {
  const centre = await openConsole('centre', day.ports.centre);
  await signIn(centre, password);
  const { addresses, fingerprint } = await centre.call.lock.helper();
  const stick = join(day.data, 'lock-stick');
  mkdirSync(stick);
  const helper = new LockHelper({
    centre: { address: addresses[0] ?? '', fingerprint },
    drives: {
      ...removableDrives,
      list: () => Promise.resolve([{ path: stick, name: 'STICK', freeBytes: 1_000_000 }]),
    },
    tokens: { ...pkcs11Tokens, libraries: () => [] },
    keyFiles: [],
    libraries: [],
  });
  const served = expectOk(await servePage(helper, 0));
  const shown = await showHelper(browser, served.address, pictures);
  try {
    await shown.page.getByText(shown.t('helper.noLock')).waitFor();
    await shown.take('none');
    expectOk(await helper.makeKeyFile(stick, pin));
    await shown.page.getByLabel(shown.t('helper.pin')).first().fill(pin);
    await shown.page.getByText(shown.t('helper.register')).first().click();
    const { projectId } = day;
    const { code } = await centre.call.lock.newCode({ projectId, siteCode: '1999999' });
    await shown.page.getByLabel(shown.t('helper.code')).fill(code);
    await shown.take('register');
    await shown.page.getByLabel(shown.t('helper.pin')).first().fill('wrong');
    await shown.page.getByRole('button', { name: shown.t('helper.calibrate') }).click();
    await shown.page.getByRole('alert').waitFor();
    await shown.take('wrong-pin');
  } finally {
    await shown.close();
    await served.close();
  }
}
