/** The centre's part: event, register of forms, question papers, members, materials, keys. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expectOk } from '../../src/base/result.ts';
import { openKeyFile } from '../../src/hardware/token/key-file.ts';
import { releasePin } from '../exam-day/exam-day.ts';
import { preloading, until } from '../exam-day/process.ts';
import type { Cast } from './cast.ts';
import { additionalSheets, eventOf, reserves, roomCodes, rooms, siteCode, variants } from './plan.ts';
import { questionPaper } from './question-paper.ts';

export const memberPin = 'invigil-member';

export interface EventIds {
  readonly projectId: string;
  readonly eventId: string;
}

/** Project, event, and a register of forms for two rooms. */
export async function registerForms({ centre: { call } }: Cast): Promise<EventIds> {
  const { projectId } = await call.project.create({
    code: 'GIA',
    name: 'Государственная итоговая аттестация',
    mode: 'formal',
    supportPhone: '+7 346 739 44 80',
  });
  const { eventId } = await call.event.save({ projectId, eventId: null, event: eventOf(new Date()) });
  const ids = { projectId, eventId };
  await call.event.generate({
    ...ids,
    source: {
      from: 'rows',
      rows: roomCodes.map((roomCode) => ({
        siteCode,
        roomCode,
        kits: rooms[roomCode].kits + reserves,
        additional: additionalSheets,
        siteName: 'Школа № 801',
        region: '86',
      })),
    },
    addSites: true,
  });
  await until('the register of forms', async () => {
    const event = (await call.event.list({ projectId })).find(({ id }) => id === eventId);
    return event?.grown === true && event.growth === null;
  });
  return ids;
}

/** Question papers, the member with a new token, materials of the site, and a key that opens at `releaseAt`. */
export async function prepareDay(
  { centre, tokenStick, dataStays }: Cast,
  ids: EventIds,
  releaseAt: number,
): Promise<void> {
  const { call } = centre;
  await call.paperDay.savePolicy({
    projectId: ids.projectId,
    policy: { opens: 'token', releaseBeforeMin: 24 * 60, postsPassword: true },
  });
  await call.paperDay.saveSettings({
    ...ids,
    settings: {
      // Candidates begin an hour after the papers may be opened.
      startAt: releaseAt + 3_600_000,
      speaking: false,
      preprinted: false,
      roomReserve: reserves,
      keptAfterwards: false,
      tasks: [],
    },
  });
  for (const variant of variants) {
    const content = await questionPaper(variant);
    const uploadId = await centre.upload(`вариант ${variant}.pdf`, content);
    await call.paperDay.keepPaper({ ...ids, variant, uploadId });
  }
  const token = join(tokenStick.path, 'token.key');
  execFileSync(process.execPath, [
    ...preloading([], dataStays),
    join(import.meta.dirname, 'member-key.ts'),
    token,
    memberPin,
  ]);
  const { serial, recipient } = expectOk(openKeyFile(token));
  await call.paperDay.saveMember({
    projectId: ids.projectId,
    member: { name: 'Иванова Ирина Ивановна', serial, recipient, sites: null },
  });
  await call.paperDay.prepare(ids);
  await until('the materials', async () => {
    const { preparing, counts } = await call.paperDay.get(ids);
    if (preparing?.problem) throw new Error(JSON.stringify(preparing.problem));
    return preparing === null && counts.prepared === 1;
  });
  const made = await call.paperDay.makeKeys({
    ...ids,
    siteCodes: null,
    validity: null,
    stations: [],
    pin: releasePin,
  });
  if (made.made !== 1) throw new Error(`no key was made: ${JSON.stringify(made.problems)}`);
  await call.paperDay.setRelease({ ...ids, at: releaseAt });
}
