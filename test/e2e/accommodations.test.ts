/** A candidate with large text, other colours and more time, in Safe Exam Browser; a neighbour without; and a browser that is not allowed. */
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { utf8 } from '../../src/base/bytes.ts';
import { requestHash } from '../../src/trust/exam-browser.ts';
import { closeWindows, sharedBrowser } from '../../tools/exam-day/browser.ts';
import { authoriseSession, openSignIn } from '../../tools/exam-day/exam-day.ts';
import { startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { until } from '../../tools/exam-day/process.ts';
import { CandidatePage, needScreens, texts } from './candidate-page.ts';

const say = texts.en;
const pnp = `<access-for-all-pnp xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imsafa3p0pnp_v1p0">
  <additional-testing-time><time-multiplier>1.25</time-multiplier></additional-testing-time>
  <magnification><all-content zoom-amount="2"/></magnification>
  <invert-display-polarity foreground="#FFFF00" background="#000000"/>
  <spoken><reading-type>computer-read-aloud</reading-type></spoken>
  <sign-language xml:lang="ase"/>
</access-for-all-pnp>`;

let day: Exam;
let browser: Browser;
/** Which seat got which number is a race between them. */
let numbers: (number | null)[];

beforeAll(async () => {
  needScreens();
  [day, browser] = await Promise.all([
    startExam({
      hosted: ['centre', 'site', 'room', 'seat-1', 'seat-2'],
      seats: 2,
      // Whoever starts an exam asks the seats, too, and is no Safe Exam Browser: the session is chosen afterwards.
      until: 'loaded',
      durationMin: 40,
      policy: { countdownS: 1, browser: 'seb' },
      beside: { 'pnp/1000001.xml': utf8(pnp) },
    }),
    sharedBrowser(),
  ]);
  const { centre, site, room, projectId, sessionId } = day;
  numbers = await Promise.all(day.seats.map(async (seat) => (await seat.call.state.get()).seatNumber));
  await authoriseSession(centre, site, room, { projectId, sessionId });
  await openSignIn(room, sessionId);
});
afterAll(async () => {
  await closeWindows(browser);
  await day?.close();
});

/** As Safe Exam Browser does: the hash of each address with the key, in a header. */
async function sendKeys(context: BrowserContext, configKey: string): Promise<void> {
  await context.route('**', (route) =>
    route.continue({
      headers: {
        ...route.request().headers(),
        'x-safeexambrowser-configkeyhash': requestHash(route.request().url(), configKey),
      },
    }),
  );
}

/** A voice that keeps what it is to say: browsers without a person have none. */
function giveVoice(): void {
  const said: string[] = [];
  const value = {
    getVoices: () => [{}],
    cancel: () => undefined,
    speak: ({ text }: { text: string }) => said.push(text),
  };
  Object.defineProperty(window, 'speechSynthesis', { value });
  Object.assign(window, { said });
}

test('accommodations hold from the first page after the sign-in, and only in the browser that the session asks for', async () => {
  const [first, second] = day.seats as [Exam['seats'][number], Exam['seats'][number]];
  const { configKey, required } = await day.room.call.examBrowser.get();
  expect(required).toBe(true);
  const screenIn = async (place: number) =>
    (await day.room.call.seat.list()).find((seat) => seat.number === numbers[place])?.screenIn;

  const plain = await CandidatePage.open(browser, first);
  await plain.heading(say['exam-browser-needed.title']).waitFor();
  expect(await plain.barriers(), 'not allowed').toEqual([]);
  await until('the room knows of the refused browser', async () => (await screenIn(0)) === 'refused');
  await sendKeys(plain.context, '0'.repeat(64));
  await plain.heading(say['exam-browser-other-settings.title']).waitFor();
  await plain.context.close();

  const own = await CandidatePage.open(browser, first, {
    prepare: async (context) => {
      await sendKeys(context, configKey);
      await context.addInitScript(giveVoice);
    },
  });
  // An engine that sends no headers: the page has the keys.
  const other = await CandidatePage.open(browser, second, {
    prepare: (context) =>
      context.addInitScript(
        (key) => {
          const security: { configKey?: string; updateKeys: (done: () => void) => void } = {
            updateKeys: (done) => {
              security.configKey = key;
              done();
            },
          };
          Object.assign(window, { SafeExamBrowser: { security } });
        },
        requestHash(second.url.replace(/\/?$/, '/'), configKey),
      ),
  });
  await until(
    'the room sees both',
    async () => (await screenIn(0)) === 'seb' && (await screenIn(1)) === 'seb',
  );

  const look = (page: CandidatePage) =>
    page.page.evaluate(() => {
      const { fontSize, color, backgroundColor } = getComputedStyle(document.body);
      return { size: Math.round(Number.parseFloat(fontSize)), color, backgroundColor };
    });
  const usual = await look(own);
  expect(usual.size).toBe(18);
  await own.page.locator('form input').fill('1000001');
  await own.button(say['sign-in.go']).click();
  await own.heading(say['confirm.title']).waitFor();
  expect(await look(own)).toEqual({ size: 36, color: 'rgb(255, 255, 0)', backgroundColor: 'rgb(0, 0, 0)' });
  expect(await own.barriers(), 'confirm').toEqual([]);
  await own.button(say['confirm.yes']).click();
  await own.page.getByText('You have 50 minutes, 10 of them in addition.').waitFor();
  await own.button(say['rules.read']).click();

  const views = (await day.room.call.board.get()).sittings;
  const of = (number: string) => views.find((one) => one.admissionNumber === number)?.sittingId ?? '';
  const given = views.find((one) => one.admissionNumber === '1000001')?.accommodations;
  expect(given).toMatchObject({ of: { timePercent: 25, others: ['sign-language (ase)'] }, given: null });
  await day.room.call.accommodation.give({
    sittingId: of('1000002'),
    accommodations: { largeControls: true },
    reason: 'broken arm',
  });
  await other.signIn('1000002');
  await Promise.all([own, other].map((page) => page.heading(say['waiting.title']).waitFor()));
  await day.allowStart();
  await own.atWork();
  await other.atWork();
  await own.page.getByText('50 min').waitFor();
  await other.page.getByText('40 min').waitFor();
  expect(await own.barriers(), 'answering').toEqual([]);
  await own.button(say['read-aloud.start']).click();
  const said = await own.page.evaluate(() => (window as unknown as { said: string[] }).said);
  const shown = await own.page.locator('.item').textContent();
  expect(said.length).toBeGreaterThan(0);
  expect(shown).toContain(said[0]);
  expect(await other.button(say['read-aloud.start']).count()).toBe(0);
  expect(await look(other)).toEqual(usual);
  expect(await other.page.locator('html').getAttribute('data-large-controls')).toBe('');
  await expect(
    day.room.call.accommodation.give({ sittingId: of('1000002'), accommodations: {}, reason: 'late' }),
  ).rejects.toMatchObject({ data: { type: 'accommodation-after-start' } });

  await own.button(say['hand-in']).click();
  await own.button(say['hand-in.next']).click();
  await own.button(say['hand-in.now']).click();
  await own.page.locator('.receipt').waitFor();
  expect(await look(own)).toMatchObject({ size: 36 });
  await own.button(say['handed-in.next']).click();
  // Once more, after it has said what then goes away.
  await own.button(say['handed-in.next']).click();
  await own.page.locator('form input').waitFor();
  expect(await look(own)).toEqual(usual);

  const record = await day.room.call.session.record({ sessionId: day.sessionId });
  expect(record.sittings.map((one) => one.accommodations?.given?.reason ?? null)).toEqual([
    null,
    'broken arm',
  ]);
  expect(record.sittings[0]?.accommodations?.of.timePercent).toBe(25);
  expect([...own.complaints, ...other.complaints]).toEqual([]);
});
