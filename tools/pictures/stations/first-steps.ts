/** What every station does before its own work: settings, admission, materials and key. */
import type { Grant } from '../../../src/exam/paper-day/grant.ts';
import { memberPin } from '../../../src/station/station.fixture.ts';
import { member, type StationPlace } from './place.ts';

const hourMs = 3_600_000;

/** @param room null: in reserve, or of a kind that has no room */
export async function settings({ shown, field }: StationPlace, room: string | null): Promise<void> {
  await shown.visit('station.settings');
  await field('station.siteCode').fill('0801');
  const reserve = shown.page.getByRole('checkbox');
  if (room !== null) await field('station.room').fill(room);
  else if ((await reserve.count()) > 0) await reserve.check();
  await field('station.number').fill('3');
  await shown.take('settings');
  await shown.press('station.settingsSave');
}

/** @param closely with every state on the way */
export async function admission(place: StationPlace, closely: boolean): Promise<void> {
  const { here, shown } = place;
  const { page, t } = shown;
  if (closely) {
    here.plug(false);
    await shown.visit('station.admission');
    await page.getByText(t('station.noStick')).waitFor();
    await shown.take('admission-no-stick');
    here.plug(true);
  }
  await shown.visit('station.admission');
  await page.getByText(/^stick/).waitFor();
  await shown.take('admission');
  await shown.press('station.writeReadiness');
  await page.getByText(t('station.readinessWritten')).waitFor();
  await place.admitted();
  await shown.visit('station.admission');
  await page.getByRole('button', { name: t('station.takeAdmission') }).waitFor();
  await shown.take('admission-to-take');
  await shown.press('station.takeAdmission');
  if (!closely) return;
  await page.getByText(t('station.materialsNow')).waitFor();
  await shown.visit('station.admission');
  await shown.take('admission-admitted');
}

export async function materials({ above, shown }: StationPlace, closely: boolean): Promise<void> {
  const { page, t } = shown;
  await shown.visit('station.materials');
  await page.getByText(t('station.noMaterials')).waitFor();
  if (closely) await shown.take('materials-none');
  await above.materials();
  await shown.visit('station.materials');
  await page.getByRole('button', { name: t('station.loadMaterials') }).waitFor();
  if (closely) await shown.take('materials-found');
  await shown.press('station.loadMaterials');
  await page.getByText(t('station.noKey')).waitFor();
  await shown.visit('station.materials');
  await page.getByText(t('station.materialsHereNow')).waitFor();
  await shown.take('materials');
}

/** Leaves the station open: a member was there. */
export async function key(place: StationPlace, rooms: Grant['rooms'], closely: boolean): Promise<void> {
  const { here, above, shown, field } = place;
  const { page, t } = shown;
  const { station } = here;
  const members = [{ name: member, serial: above.member.serial, recipient: above.member.recipient }];
  await shown.visit('station.key');
  await page.getByText(t('station.noKey')).waitFor();
  const load = async (grant: Partial<Grant>): Promise<void> => {
    await above.key(station, { members, rooms, ...grant });
    await shown.visit('station.key');
    const { number = 1 } = grant;
    await page
      .locator('.station-files li')
      .filter({ has: page.locator('strong', { hasText: t('station.keyOf', { about: '', number }) }) })
      .getByRole('button')
      .first()
      .click();
    await page.getByRole('heading', { name: t('station.keyNumber', { number }) }).waitFor();
  };
  if (closely) {
    await shown.take('key-none');
    const now = station.node.clock.now();
    await load({ notBefore: now + hourMs, notAfter: now + 9 * hourMs });
    await shown.take('key-too-early');
  }
  await load({ number: 2 });
  await field('station.pin').waitFor();
  if (closely) {
    here.plug(false);
    await page.getByText(t('station.noToken')).waitFor();
    await shown.take('key-no-token');
    here.plug(true);
  }
  await page.getByRole('radio').first().waitFor();
  await shown.take('key-activate');
  if (closely) {
    await field('station.pin').fill('0000-wrong');
    await shown.press('station.openMaterials');
    await page.getByRole('alert').first().waitFor();
    await shown.take('key-wrong-pin');
  }
  await field('station.pin').fill(memberPin);
  await shown.press('station.openMaterials');
  await page.waitForFunction(() => !location.hash.includes('station.key'));
  if (!closely) return;
  await shown.visit('station.key');
  await page.getByText(t('station.openNow')).waitFor();
  await shown.take('key-open');
  await shown.dialog('station.closeMaterials', 'key-close-dialog');
}
