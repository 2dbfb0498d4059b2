/** The whole day, all four roles: what is done, and what is looked at in between. */
import type { Browser } from 'playwright-core';
import { createKeyFile } from '../../src/hardware/token/key-file.ts';
import { lockPin, signIn } from '../exam-day/exam-day.ts';
import { join } from 'node:path';
import { openConsole } from '../exam-day/process.ts';
import { password, rehearsal, type PictureDay } from './day.ts';
import { lockHelper } from './lock-helper.ts';
import type { Look } from './look.ts';
import { manuals } from './manuals.ts';
import { show, showSeat, type Pictures } from './screen.ts';
import * as seatTour from './seat.ts';
import { sitePaperDay } from './site-paper-day.ts';
import * as tour from './tour.ts';
import { withoutLock } from './without-lock.ts';

export type Place = PictureDay & { readonly data: string; readonly folder: string };

/** @param look takes the parts that are wanted; what is done in between is done all the same */
export async function everything(
  browser: Browser,
  day: Place,
  pictures: Pictures,
  look: Look,
): Promise<void> {
  const consoles = async (ports: PictureDay['ports']): Promise<tour.Opened> => ({
    centre: await show(browser, ports.centre, 'centre', pictures),
    site: await show(browser, ports.site, 'site', pictures),
    room: await show(browser, ports.room, 'room', pictures),
  });
  const freshPorts = {
    centre: (await day.start('centre', 'fresh-centre')).port,
    site: (await day.start('site', 'fresh-site')).port,
    room: (await day.start('room', 'fresh-room')).port,
  };
  const freshSeat = await day.start('seat', 'fresh-seat');
  await signIn(await openConsole('centre', freshPorts.centre), password);
  await signIn(await openConsole('room', freshPorts.room), password);
  await look('first sight', async () => {
    const fresh = await consoles(freshPorts);
    await tour.firstSight(fresh);
    for (const one of Object.values(fresh)) await one.close();
    const seat = await showSeat(browser, freshSeat.port, pictures);
    await seatTour.unpaired(seat);
    await seat.close();
  });
  for (const name of ['fresh-seat', 'fresh-room', 'fresh-site', 'fresh-centre'])
    await day.processes.get(name).stop();

  const opened = await consoles(day.ports);
  const { centre, site, room } = opened;
  for (const one of [centre, site, room]) await one.signIn(password);
  const [seat, second, third] = [
    await showSeat(browser, day.seatPorts[0], pictures),
    await showSeat(browser, day.seatPorts[1], pictures),
    await showSeat(browser, day.seatPorts[2], pictures),
  ];
  await look('third seat', () => seatTour.announced(third));
  await look('status', () => seatTour.status(seat));
  await look('other browser', async () => {
    await day.choose(day.laterId);
    await seatTour.otherBrowser(seat);
    await room.visit('before/seats');
    await room.take('seats-exam-browser');
  });
  await look('room', () => tour.roomBefore(room, day));
  await day.choose(day.sessionId);
  await look('environment check', async () => {
    await seat.page.reload();
    await day.room.call.environment.start({ seats: 'all' });
    await room.visit('before/environment');
    await room.take('environment-running');
    await seatTour.environmentCheck(seat);
    await day.answerCheck();
    await room.page
      .getByText(/^Last check/)
      .first()
      .waitFor();
    await room.take('environment-done');
    await room.page
      .getByRole('button', { name: /^Details of seat/ })
      .first()
      .click();
    await room.take('environment-details');
    await room.closeDialog();
  });
  await look('centre', () => tour.centreBefore(centre, day));
  await look('on paper', () => tour.onPaper(centre, day));
  await look('forgotten password', async () => {
    const stranger = await show(browser, day.ports.centre, 'centre', pictures);
    await tour.forgottenByMail(stranger);
    await stranger.close();
  });
  await look('limited users', async () => {
    await tour.limits(centre);
    const accounts = await limitedAccounts(day);
    for (const [name, account] of Object.entries(accounts)) {
      const own = await show(browser, day.ports.centre, 'centre', pictures);
      await own.signIn(password, account);
      await (name === 'site' ? tour.siteAccount(own) : tour.coordinator(own, day));
      await own.close();
    }
  });
  await look('manuals', () => manuals(browser, day.ports.centre, pictures));
  await look('lock helper', () => lockHelper(browser, day, pictures));
  await look('site', () => tour.siteBefore(site));
  await look('site on paper', () => sitePaperDay(site));
  await look('site without a lock', () => withoutLock(browser, day, pictures));
  await day.release();
  await look('released', () => tour.released(opened, day));
  await day.authorise();
  await look('authorised', () => tour.authorised(opened));
  await day.room.call.seat.showNumbers({ show: true });
  await day.openSignIn();
  await look('sign-in', () => tour.signInOpen(room));
  await look('seat signs in', () => seatTour.signIn(seat, true));
  await day.beginCountdown();
  await look('countdown at the seat', () => seatTour.countdown(seat));
  await look('countdown in the room', () => tour.countingDown(room));
  await day.started();
  await look('questions', () => seatTour.questions(seat));
  await look('accommodated', () => seatTour.accommodated(second));
  await look('overview', () => seatTour.beside(seat));
  await look('locked', async () => {
    const message = 'Bitte melden · 请举手 · Поднимите руку';
    await day.room.call.sitting.lock({ sittingId: await day.sittingOf(1), message });
    await seatTour.locked(seat);
  });
  await day.processes.get('seat-3').stop();
  await new Promise((resolve) => setTimeout(resolve, 12_000));
  await look('running', () => tour.running(opened, day));
  await look('moved', async () => {
    await day.room.call.sitting.resume({ sittingIds: [await day.sittingOf(2)], reason: 'Screen is dark' });
    await seatTour.moved(second);
  });
  await day.processes.get('room').kill();
  await look('room away', async () => {
    await seatTour.roomAway(seat);
    await room.take('lost');
  });
  await day.processes.again('room');
  await look('hand-in', () => seatTour.handIn(seat));
  await look('rehearsal', () => alone(browser, day, pictures));
  await day.processes.again('seat-3');
  await look('ended', async () => {
    await day.endSession();
    await tour.ended(room);
    await third.page.reload();
    await seatTour.over(third);
  });
  await day.reportRoom();
  await look('collected', () => tour.collected(site));
  await day.reportSite();
  await look('after', () => tour.afterEnd(opened, day));
}

/** Without a site, as a rehearsal that begins late. */
async function alone(browser: Browser, day: Place, pictures: Pictures): Promise<void> {
  const mock = await rehearsal(day, day.data);
  const room = await show(browser, mock.room.port, 'room', pictures);
  await tour.aloneBefore(room);
  await createKeyFile(join(day.data, 'lock-alone.key'), lockPin);
  await mock.setUp();
  await tour.aloneLoaded(room);
  const seat = await showSeat(browser, await mock.openSignIn(), pictures);
  await tour.aloneLate(room);
  await seat.page.locator('main.card').first().waitFor();
  await seat.take('mock');
}

/** A coordinator of the site's region, and an account of the site: each with a password of its own. */
async function limitedAccounts(day: Place): Promise<{ coordinator: string; site: string }> {
  const { user, site } = day.centre.call;
  const rows = await site.list({ projectId: day.projectId });
  const siteCode = rows.find(({ registeredAt }) => registeredAt !== null)?.code ?? '';
  const regions = [...new Set(rows.flatMap(({ region }) => region ?? []))];
  const first = 'first-password';
  const person = { name: 'Гульнара Садыкова-Константинопольская', phone: '', password: first };
  await user.add({
    ...person,
    account: 'coordinator',
    role: 'coordinator',
    limit: { to: 'regions', regions },
  });
  await user.add({
    ...person,
    account: 'ppe-1999999',
    role: 'site',
    limit: { to: 'site', projectId: day.projectId, siteCode },
  });
  for (const account of ['coordinator', 'ppe-1999999']) {
    const own = (await openConsole('centre', day.ports.centre)).call.account;
    await own.signIn({ account, password: first });
    await own.changePassword({ current: first, next: password });
  }
  return { coordinator: 'coordinator', site: 'ppe-1999999' };
}
