/** Every page of the candidate's screen, and one question of each kind. */
import { en } from '../../src/seat/screens/strings/en.ts';
import { keysToType } from '../../src/exam/environment/keys-to-type.ts';
import { numberOf } from './day.ts';
import type { Shown } from './screen.ts';

const press = (seat: Shown, name: string): Promise<void> =>
  seat.page.getByRole('button', { name }).first().click();
const title = (seat: Shown, key: keyof typeof en): Promise<void> =>
  seat.page.getByRole('heading', { level: 1, name: en[key] }).waitFor();

export async function unpaired(seat: Shown): Promise<void> {
  await title(seat, 'pairing.title');
  await seat.take('pairing');
}

export async function announced(seat: Shown): Promise<void> {
  await title(seat, 'announced.title');
  await seat.take('announced');
}

export async function status(seat: Shown): Promise<void> {
  await seat.page.getByText(en['status.link-to']).click();
  await title(seat, 'status.title');
  await seat.page.locator('.facts').waitFor();
  await seat.take('status');
  await press(seat, en['status.back']);
}

/** Keys, a word, a sound. */
export async function environmentCheck(seat: Shown): Promise<void> {
  await seat.page.getByLabel(en['environment.typed']).fill(keysToType);
  await seat.take('check-keyboard');
  await press(seat, en['continue']);
  await seat.page.getByRole('button', { name: en['environment.listen'] }).waitFor();
  await seat.take('check-microphone');
  await press(seat, en['environment.listen']);
  await seat.page.getByRole('button', { name: en['environment.play'] }).waitFor();
  await press(seat, en['environment.play']);
  await seat.page.getByRole('button', { name: en['environment.heard'] }).waitFor();
  await seat.take('check-playback');
  await press(seat, en['environment.heard']);
}

export async function otherBrowser(seat: Shown): Promise<void> {
  await seat.page.locator('main.card').waitFor();
  await seat.take('exam-browser');
}

/** Signs the first candidate in, up to the waiting page. */
export async function signIn(seat: Shown, look: boolean): Promise<void> {
  const { page } = seat;
  const take = (name: string): Promise<void> => (look ? seat.take(name) : Promise.resolve());
  await title(seat, 'sign-in.title');
  await take('sign-in');
  if (look) {
    await page.getByText(en['number.wrong']).click();
    await take('number');
    await page.locator('input.large[inputmode=numeric]').last().fill('19990000');
    await page.keyboard.press('Enter');
    await page.locator('.problem').first().waitFor();
    await take('sign-in-refused');
  }
  await page.getByLabel(en['sign-in.number']).fill(numberOf(1, 1));
  await page.keyboard.press('Enter');
  await title(seat, 'confirm.title');
  await take('confirm');
  await page.locator('.buttons button.primary').click();
  await page.locator('.rules').first().waitFor();
  await take('rules');
  await page.locator('button.primary').click();
  await title(seat, 'waiting.title');
  if (!look) return;
  await take('waiting');
  await page.getByText(en['phrase.ask']).click();
  await take('waiting-phrase');
}

export async function countdown(seat: Shown): Promise<void> {
  await title(seat, 'countdown.title');
  await seat.take('countdown');
}

export async function questions(seat: Shown): Promise<void> {
  const { page } = seat;
  await page.locator('.question').waitFor();
  const next = page.locator('.work-buttons .primary');
  for (let number = 1; ; number++) {
    await seat.take(`question-${String(number).padStart(2, '0')}`);
    if (await next.isDisabled()) return;
    await next.click();
    await page
      .getByRole('heading', { level: 1 })
      .filter({ hasText: String(number + 1) })
      .waitFor();
  }
}

/** The second candidate's: large, in other colours, read aloud. */
export async function accommodated(seat: Shown): Promise<void> {
  await seat.page.locator('.question').waitFor();
  await seat.take('accommodated');
}

export async function beside(seat: Shown): Promise<void> {
  await press(seat, en['flag']);
  await seat.page.locator('[data-opens=overview]').click();
  await seat.page.locator('.overview').waitFor();
  await seat.take('overview');
  await press(seat, en['menu.invigilator']);
  await seat.page.locator('dialog[open]').waitFor();
  await seat.take('export');
  await seat.page.locator('dialog[open]').getByRole('button', { name: en['close'] }).click();
}

export async function locked(seat: Shown): Promise<void> {
  await title(seat, 'locked.title');
  await seat.take('locked');
  await press(seat, en['locked.read']);
}

export async function roomAway(seat: Shown): Promise<void> {
  await seat.page.getByText(en['room-away']).waitFor();
  await seat.take('room-away');
}

export async function handIn(seat: Shown): Promise<void> {
  await seat.page.locator('.question').waitFor();
  await seat.page.locator('[data-opens=hand-in]').click();
  await seat.take('hand-in');
  await press(seat, en['hand-in.next']);
  await seat.take('hand-in-sure');
  await press(seat, en['hand-in.now']);
  await title(seat, 'handed-in.title');
  await seat.take('handed-in');
  await press(seat, en['handed-in.next']);
  await seat.take('handed-in-leave');
}

export async function moved(seat: Shown): Promise<void> {
  await title(seat, 'moved.title');
  await seat.take('moved');
}

export async function over(seat: Shown): Promise<void> {
  await title(seat, 'ended.title');
  await seat.take('ended');
}
