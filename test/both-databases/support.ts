/** The support desk: postings are numbered and kept once, however many come at the same time. */
import { expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { expectOk } from '../../src/base/result.ts';
import type { Centre } from '../../src/centre/centre.ts';
import { makeProject } from '../../src/centre/centre.fixture.ts';
import {
  announce,
  change,
  markSeen,
  openThread,
  supportDesk,
  threadOf,
  write,
} from '../../src/centre/support/desk.ts';
import { enterRest, exchange } from '../../src/centre/support/postings.ts';
import type { Posting } from '../../src/exam/support/posting.ts';
import { refusalOf, type Tried } from './centre-on.ts';

const desk = {
  account: 'desk',
  name: '李芳',
  role: 'operator',
  mustChangePassword: false,
  limit: null,
} as const;

function fromSite(text: string, thread?: string): Posting {
  const id = newId();
  return {
    id,
    thread: thread ?? id,
    side: 'site',
    at: 1,
    by: 'ann',
    name: 'Ахметова Айгуль',
    body: thread
      ? { kind: 'written', text }
      : {
          kind: 'opened',
          stage: 'seal-check',
          priority: 'stops-exam',
          phone: '+7 701',
          byTelephone: false,
          text,
        },
  };
}

/** Headers of what the centre's journal says of postings. */
function enteredIn({ node }: Centre): { kind: string; data: Record<string, unknown> }[] {
  return node.journal
    .after(0, 100)
    .map(({ header }) => JSON.parse(header) as { kind: string; data: Record<string, unknown> })
    .filter(({ kind }) => kind.startsWith('support-'));
}

export function keepsSupport({ start }: Tried): void {
  test('postings that come twice or at the same time are kept once, and numbered without a gap', async () => {
    const { centre, ...more } = await start();
    const { projectId } = await makeProject({ centre, ...more });
    const first = fromSite('Қағаз бітті · 没有纸\u0000');
    const bring = (...postings: Posting[]) => exchange(centre, projectId, 'S1', { after: 0, postings });
    const others = Array.from({ length: 6 }, (_, i) => fromSite(`more ${i}`, first.id));
    expectOk(await bring(first));
    await Promise.all(others.map((one) => bring(first, one)));
    const answer = expectOk(await bring(first, first, ...others));
    expect(answer.last).toBe(7);
    expect(answer.postings.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(answer.postings[0]).toEqual({ ...first, seq: 1 });
    expect(expectOk(await exchange(centre, projectId, 'S2', { after: 0, postings: [] })).last).toBe(0);
    expect(refusalOf(await exchange(centre, projectId, 'none', { after: 0, postings: [first] }))).toBe(
      'no-such-site',
    );
    const announced: Posting = { ...first, id: newId(), body: { kind: 'announced', text: 'x' } };
    expect(refusalOf(await bring(announced))).toBe('bad-request');
    const entered = enteredIn(centre);
    expect(entered).toHaveLength(7);
    expect(JSON.stringify(entered)).not.toMatch(/Қағаз|Ахметова|\+7 701/);
  });

  test('a call is entered for a site, answered, owned and solved; what the desk has seen is not unread', async () => {
    const { centre, ...more } = await start();
    const { projectId } = await makeProject({ centre, ...more });
    const call = {
      stage: 'started',
      priority: 'high',
      phone: '112',
      text: 'They called',
      byTelephone: true,
    } as const;
    const { threadId } = expectOk(await openThread(centre, { projectId, siteCode: 'S2' }, call, desk));
    const asked = fromSite('Nothing starts');
    expectOk(await exchange(centre, projectId, 'S1', { after: 0, postings: [asked] }));
    const view = await supportDesk(centre, projectId, null);
    expect(view.threads.map(({ siteCode, priority, unread }) => [siteCode, priority, unread])).toEqual([
      ['S1', 'stops-exam', 1],
      ['S2', 'high', 0],
    ]);
    expect(view.unread).toBe(1);
    const where = { projectId, siteCode: 'S1', threadId: asked.id };
    expectOk(await markSeen(centre, where));
    expect((await supportDesk(centre, projectId, null)).unread).toBe(0);
    expectOk(await write(centre, where, 'Restart it', desk));
    expectOk(await change(centre, where, { state: 'solved', own: false }, desk));
    expect(expectOk(await threadOf(centre, where))).toMatchObject({
      state: 'solved',
      owner: null,
      unread: 0,
    });
    const elsewhere = { projectId, siteCode: 'S1', threadId };
    expect(refusalOf(await write(centre, elsewhere, 'x', desk))).toBe('no-such-thread');
  });

  test('an announcement goes to the sites whose code begins so, and the desk sees who has read it', async () => {
    const { centre, ...more } = await start();
    const { projectId } = await makeProject({ centre, ...more });
    const tell = (prefix: string) => announce(centre, { projectId, prefix, text: 'Begin at 10' }, desk);
    expect(expectOk(await tell('S2'))).toEqual({ sites: 1 });
    expect(expectOk(await tell(''))).toEqual({ sites: 2 });
    expect(refusalOf(await tell('X'))).toBe('no-such-site');
    const [toOne, toAll] = expectOk(
      await exchange(centre, projectId, 'S2', { after: 0, postings: [] }),
    ).postings;
    const readIt: Posting = { ...fromSite('x', toAll?.id), body: { kind: 'read' } };
    expectOk(await exchange(centre, projectId, 'S2', { after: 2, postings: [readIt] }));
    const { announcements } = await supportDesk(centre, projectId, null);
    expect(announcements.find(({ id }) => id === toAll?.id)).toMatchObject({
      read: [{ siteCode: 'S2', by: 'Ахметова Айгуль' }],
      notRead: ['S1'],
    });
    expect(announcements.find(({ id }) => id === toOne?.id)).toMatchObject({ read: [], notRead: ['S2'] });
  });

  test('what was kept when the centre was killed before its journal said so is entered at the next start', async () => {
    const { centre, ...more } = await start();
    const { projectId } = await makeProject({ centre, ...more });
    const one = fromSite('x');
    await centre.db
      .insertInto('support_posting')
      .values({
        project_id: projectId,
        site_code: 'S1',
        id: one.id,
        seq: 1,
        entered: 0,
        posting_json: JSON.stringify(one),
      })
      .execute();
    await enterRest(centre);
    await enterRest(centre);
    expect(enteredIn(centre).map(({ data }) => data['posting'])).toEqual([one.id]);
  });
}
