/** The voice station: a microphone that is tried, a candidate who speaks, and what goes wrong meanwhile. */
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import type { Browser } from 'playwright-core';
import type { Plan } from '../../../src/exam/paper-day/parcels.ts';
import { formOf, spokenKit } from '../../../src/station/voice/voice.fixture.ts';
import type { Pictures } from '../screen.ts';
import * as first from './first-steps.ts';
import { openPlace, type StationPlace } from './place.ts';

const tasks: Plan['tasks'] = [
  { name: 'Чтение вслух', page: 1, prepareS: 90, answerS: 120 },
  { name: 'Опишите фотографию', page: 2, prepareS: 0, answerS: 150 },
];

const lines: readonly (readonly string[])[] = [
  [
    'Imagine that you are preparing a project with your friend.',
    'You have found some interesting material and you want to read',
    'this text to your friend. You have 1.5 minutes to read the text',
    'silently, then be ready to read it out aloud.',
    '',
    'The Moon is the only natural satellite of our planet. It is so',
    'near that people could see its mountains and plains long before',
    'the first telescope was made.',
  ],
  [
    'Describe the photo. You have to speak continuously.',
    '',
    'where and when it was taken',
    'what is happening',
  ],
];

async function paper(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.TimesRoman);
  for (const [i, text] of lines.entries()) {
    const page = document.addPage([595.28, 500]);
    page.drawText(`Task ${i + 1}`, { x: 60, y: 440, size: 18, font });
    text.forEach((line, n) => page.drawText(line, { x: 60, y: 400 - n * 24, size: 15, font }));
  }
  return document.save();
}

export async function voiceStation(browser: Browser, pictures: Pictures): Promise<void> {
  const place = await openPlace('voice', browser, pictures, {
    kits: [1, 2, 3].map((n) => spokenKit(n, '0001')),
    papers: [await paper()],
    plan: { tasks },
  });
  const { shown } = place;
  try {
    await first.settings(place, '0001');
    await microphone(place);
    await first.admission(place, false);
    await shown.visit('station.speaking');
    await shown.take('speaking-closed');
    await first.materials(place, false);
    await first.key(place, [{ room: '0001', kits: 9 }], false);
    await heard(place);
    await signsIn(place);
    await speaks(place);
    await ends(place);
  } finally {
    await place.close();
  }
}

async function microphone({ shown }: StationPlace): Promise<void> {
  const { page, t } = shown;
  await shown.visit('station.microphone');
  await page.getByRole('meter').waitFor();
  await shown.take('microphone');
  await shown.press('voice.recordCheck', { seconds: 5 });
  await page.getByRole('button', { name: t('voice.heard') }).waitFor();
  await shown.take('microphone-result');
  await shown.press('voice.notHeard');
  await page.getByText(t('voice.wasNotHeard')).waitFor();
  await shown.take('microphone-not-clear');
}

/** With the materials open, and a microphone that nobody has heard well. */
async function heard({ shown }: StationPlace): Promise<void> {
  const { page, t } = shown;
  await shown.visit('station.speaking');
  await page.getByText(t('voice.microphoneFirstNow')).waitFor();
  await shown.take('speaking-without-microphone');
  await shown.visit('station.microphone');
  await shown.press('voice.recordCheck', { seconds: 5 });
  await page.getByRole('button', { name: t('voice.heard') }).waitFor();
  await shown.press('voice.heard');
  await page.getByText(t('voice.wasHeard')).waitFor();
  await shown.take('microphone-heard');
}

async function signsIn({ shown, field }: StationPlace): Promise<void> {
  const { page, t } = shown;
  await shown.visit('station.speaking');
  await page.getByText(t('voice.signInNow')).waitFor();
  await shown.take('speaking');
  await field('voice.formNumber').fill(`${formOf(1).slice(0, -1)}${(Number(formOf(1).slice(-1)) + 1) % 10}`);
  await shown.press('voice.lookUp');
  await page.getByRole('alert').first().waitFor();
  await shown.take('speaking-wrong-number');
  await field('voice.formNumber').fill(formOf(1));
  await shown.press('voice.lookUp');
  await page.getByText(t('voice.compare')).waitFor();
  await shown.take('speaking-compare');
  await shown.press('voice.sameSignIn');
}

async function speaks({ shown, button }: StationPlace): Promise<void> {
  const { page, t } = shown;
  const kept = async (): Promise<void> => {
    await page.getByText(t('voice.isKept')).waitFor();
    await page.waitForTimeout(2_500);
  };
  await page.getByText(t('voice.willPrepare', { prepare: '1:30', answer: '2:00' })).waitFor();
  await shown.take('work-ready');
  await shown.press('voice.beginPreparing');
  await page.locator('canvas.voice-page').waitFor();
  await page.waitForTimeout(1_000);
  await shown.take('work-preparing');
  await shown.press('voice.beginAnswer');
  await kept();
  await shown.take('work-answering');
  await button('voice.pause').click();
  await page.getByRole('dialog').getByRole('textbox').fill('Пожарная тревога');
  await shown.take('work-pause-dialog');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('voice.pauseNow'), exact: true })
    .click();
  await page.getByText(t('voice.paused')).waitFor();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await shown.take('work-paused');
  await button('voice.resume').click();
  await page.getByText(t('voice.goOnNow')).waitFor();
  await shown.take('work-go-on');
  await shown.press('voice.goOnNow');
  await kept();
  await shown.press('voice.endAnswer', { task: 1 });
  await page.getByText(t('voice.beginAnswer')).waitFor();
  await page.waitForTimeout(500);
  await shown.take('work-second');
  await shown.dialog('voice.endEarly', 'work-end-early-dialog');
  await shown.press('voice.beginAnswer');
  await kept();
  // The page is lost in the middle of an answer.
  await page.reload();
  await page.getByText(t('voice.cause.page-lost')).waitFor();
  await shown.take('work-page-lost');
  await button('voice.resume').click();
  await shown.press('voice.goOnNow');
  await kept();
  await shown.press('voice.endAnswer', { task: 2 });
  await page.getByText(t('voice.listenNow')).waitFor();
  await shown.take('work-listening');
  await shown.dialog('voice.again', 'work-again-dialog');
  await button('voice.finish').click();
  await page.getByText(t('voice.whole'), { exact: false }).waitFor();
  await shown.take('speaking-finished');
}

async function ends({ here, shown }: StationPlace): Promise<void> {
  const { page, t } = shown;
  here.plug(false);
  await shown.visit('station.voice-end');
  await page.getByText(t('station.noStick')).waitFor();
  await shown.take('end-no-stick');
  here.plug(true);
  await page.getByText(/^stick/).waitFor();
  await shown.take('end');
  await shown.press('voice.writeAll');
  await page.getByText('END_VOICE', { exact: false }).waitFor();
  await shown.take('end-written');
  await shown.visit('station.remains');
  await shown.take('remains');
  await shown.dialogs('remains');
}
