import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplePackage } from '../../tools/exam-day/exam-day.ts';
import { password, startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { openConsole, refusalIn, until, type Console, type Contracts } from '../../tools/exam-day/process.ts';

/** What the centre writes for a publication, in the order in which it does. */
const statements = [
  'insert into "publication_work"',
  'insert into "next_paper"',
  'insert into "made_package"',
  'insert into "publication_site"',
  'delete from "publication_work"',
  'insert into "sealed_paper"',
  'insert into "publication" ',
  'delete from "publication_room" where "project_id" = ? and "number" != ?',
] as const;

const marks = mkdtempSync(join(tmpdir(), 'invigil-publishing-'));
const armed = join(marks, 'statement');
/** A picture is told by its first bytes. */
const photo = new Uint8Array(50_000).fill(7);
photo.set([0xff, 0xd8, 0xff, 0xe0]);

let exam: Exam;
let centre: Console<Contracts['centre']>;

beforeAll(async () => {
  exam = await startExam({
    hosted: ['site', 'room'],
    seats: 0,
    until: 'loaded',
    roster: { sites: ['S1', 'S2'], roomsPerSite: 3, candidatesPerRoom: 4 },
    beside: { '1000001.jpg': photo },
    disturbances: {
      centre: {
        preload: [join(import.meta.dirname, 'disturb', 'kill-while-publishing.ts')],
        env: { FAULT_STATEMENT_FILE: armed },
      },
    },
  });
  centre = exam.centre;
});
afterAll(async () => {
  await exam?.close();
  rmSync(marks, { recursive: true, force: true });
});

async function session() {
  const [found] = (await centre.call.project.get({ projectId: exam.projectId })).sessions;
  if (!found) throw new Error('no session');
  return found;
}

/** Everything is another one then: the paper is sealed anew, and every room gets a package. */
async function changeAll(name: string): Promise<void> {
  const { id, ...input } = await session();
  const papers = await centre.call.paper.list({ projectId: exam.projectId });
  const used = input.subjects[0]?.paperId;
  const other =
    papers.find((one) => one.id !== used)?.id ??
    (
      await centre.call.paper.import({
        projectId: exam.projectId,
        uploadId: await centre.upload('p.zip', readFileSync(samplePackage)),
        leaveOut: [],
      })
    ).id;
  await centre.call.project.saveSession({
    projectId: exam.projectId,
    sessionId: id,
    session: { ...input, name, subjects: input.subjects.map((one) => ({ ...one, paperId: other })) },
  });
}

const newest = async () =>
  (await centre.call.publication.list({ projectId: exam.projectId }))[0]?.number ?? 0;
const siteHas = async () => (await exam.site.call.overview.get()).exam;

test.each(statements)(
  'a centre that was killed before "%s" publishes on by itself, and no site sees half of it',
  async (statement) => {
    const { projectId } = exam;
    const before = await newest();
    await changeAll(`Before ${statement}`);
    writeFileSync(armed, statement);
    await centre.call.publication.begin({ projectId }).catch(() => undefined);
    const { child } = exam.process('centre');
    await until('the end of the centre', async () => child?.signalCode != null || child?.exitCode != null);
    expect(child?.signalCode).toBe('SIGKILL');
    // Armed still: it would die again at once where it goes on.
    rmSync(armed);
    await exam.again('centre');
    centre = await openConsole('centre', exam.process('centre').port);
    await centre.call.account.signIn({ account: 'admin', password });
    // Whatever moment it is in, what a site loads is one publication, whole.
    await until('the site at its centre', async () => {
      await exam.site.call.exam.load().catch((error: unknown) => {
        if (refusalIn(error)?.type !== 'parent-unreachable' && refusalIn(error)?.type !== 'no-such-parcel')
          throw error;
      });
      return (await exam.site.call.overview.get()).exam !== null;
    });
    // Killed before it was written down that a publication is wanted, there is none; then it is asked for again.
    if (statement === 'insert into "publication_work"') await centre.call.publication.publish({ projectId });
    await until('the publication', async () => (await newest()) === before + 1);
    expect((await centre.call.publication.work({ projectId })).work).toBeNull();
    await exam.site.call.exam.load();
    const loaded = await siteHas();
    expect(loaded?.rooms).toHaveLength(3);
    expect(loaded?.newest).not.toBe(false);
    await exam.room.call.exam.load();
    expect((await exam.room.call.overview.get()).exam).toBeTruthy();
  },
);

test('a site takes over the network only what it does not have, and each time is written down', async () => {
  const { projectId } = exam;
  const { id, ...input } = await session();
  await centre.call.project.saveSession({
    projectId,
    sessionId: id,
    session: { ...input, name: 'Only the name' },
  });
  await centre.call.publication.publish({ projectId });
  await exam.site.call.exam.load();
  const { rows } = await centre.call.publication.downloads({ projectId, siteCode: 'S1' });
  const [last] = rows;
  expect(last).toMatchObject({ siteCode: 'S1', way: 'online', by: null, number: await newest() });
  // Neither the photo nor the paper came again.
  expect(last?.bytes).toBeLessThan(photo.length);
  expect(rows.at(-1)?.bytes).toBeGreaterThan(photo.length);
  const forFile = await centre.call.publication.exportSite({ projectId, siteCode: 'S1' });
  const file = await centre.download(forFile);
  expect(file.length).toBeGreaterThan(photo.length);
  const again = await centre.call.publication.downloads({ projectId, siteCode: 'S1' });
  expect(again.rows[0]).toMatchObject({ way: 'file', by: 'admin', bytes: file.length });
  await until('what the site says', async () =>
    (await centre.call.publication.sites({ projectId })).some(
      (site) => site.siteCode === 'S1' && site.loaded === site.number && site.way === 'file',
    ),
  );
});
