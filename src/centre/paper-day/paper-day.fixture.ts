/** A project with an event, its register and question papers, and two sites that are registered; members with key files. */
import { PDFDocument } from '@cantoo/pdf-lib';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { newId } from '../../base/ids.ts';
import { expectOk } from '../../base/result.ts';
import { createNodeKeys, type NodeKeys } from '../../trust/keys.ts';
import { makeProject, people, type TestCentre } from '../centre.fixture.ts';
import { makeEvent, registerKits } from '../scans/scans.fixture.ts';
import { keepQuestionPaper } from './materials/question-papers.ts';
import { saveMembers } from './members/members.ts';
import { saveDaySettings } from './settings.ts';

const hour = 3_600_000;

export interface TestDay {
  readonly projectId: string;
  readonly eventId: string;
  readonly startAt: number;
  readonly sites: Readonly<Record<'S1' | 'S2', NodeKeys>>;
  /** Secret key of the one member, who is at every site. */
  readonly memberKey: string;
}

export async function pdfOf(pages: number, words = ''): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (let i = 0; i < pages; i++) document.addPage();
  document.setTitle(words);
  return document.save();
}

let siteKeys: Promise<[NodeKeys, NodeKeys]> | null = null;

/** S1: rooms 0001 (kits 1–5) and 0002 (6–8), and 9 and 10 as reserves of the site. S2: room 0001 (11–13). */
export async function makeDay(test: TestCentre): Promise<TestDay> {
  const { centre } = test;
  people(test);
  const { projectId } = await makeProject(test);
  const [one, two] = await (siteKeys ??= Promise.all([createNodeKeys(), createNodeKeys()]));
  for (const [code, keys] of [
    ['S1', one],
    ['S2', two],
  ] as const)
    await centre.db
      .updateTable('site')
      .set({ registered_at: 1, node_id: newId(), sealing_key: keys.sealing.recipient })
      .where('project_id', '=', projectId)
      .where('code', '=', code)
      .execute();
  const event = await makeEvent(centre, projectId);
  await registerKits(centre, event, { site: 'S1', room: '0001', from: 1, to: 5 });
  await registerKits(centre, event, { site: 'S1', room: '0002', from: 6, to: 8 });
  await registerKits(centre, event, { site: 'S1', room: '', from: 9, to: 10 });
  await registerKits(centre, event, { site: 'S2', room: '0001', from: 11, to: 13 });
  const startAt = centre.node.clock.now() + 24 * hour;
  expectOk(
    await saveDaySettings(
      centre,
      projectId,
      event.id,
      { startAt, speaking: false, preprinted: false, roomReserve: 1, keptAfterwards: false, tasks: [] },
      'ann',
    ),
  );
  for (const variant of [1, 2])
    expectOk(
      await keepQuestionPaper(
        centre,
        { projectId, eventId: event.id, variant },
        await test.file(`variant-${variant}.pdf`, await pdfOf(variant + 1)),
        'ann',
      ),
    );
  const memberKey = await generateX25519Identity();
  const member = {
    name: 'Ivanova I. I.',
    serial: 'T-1',
    recipient: await identityToRecipient(memberKey),
    sites: null,
  };
  expectOk(await saveMembers(centre, projectId, [member], 'ann'));
  return { projectId, eventId: event.id, startAt, sites: { S1: one, S2: two }, memberKey };
}
