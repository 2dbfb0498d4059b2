/**
 * 考点管理系统初始化: the site as at its first start, except its accounts. In a formal exam only before anybody has used a session, and again when the centre has
 * confirmed everything. The journal stays as it is, provable.
 */
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { transaction } from '../../store/sqlite.ts';
import type { Site } from '../site.ts';
import { whyUnreported } from '../unreported/unreported.ts';
import { forgetPaperDays } from '../paper-day/forget.ts';
import { beingInitialised, contentsShallGo, removeContents } from './remove-contents.ts';

/** What was exported and backed up is of the exam that goes. */
export const examSettings = ['exam', 'seal-check', 'registrations-exported', 'backup'];
const ownSettings = ['setup', 'membership', 'next-membership'];

export interface WhatStays {
  /** Site code, mode, lock and the registration at the centre. */
  readonly registration: boolean;
}

/** Why it is not possible now; null: it is. */
export function whyNotInitialise(site: Site): Refusal | null {
  if (site.setup() === null) return { type: 'setup-missing' };
  return whyUnreported(site);
}

export async function initialiseSite(site: Site, stays: WhatStays, by: string): Promise<Result<void>> {
  const why = whyNotInitialise(site);
  if (why) return refuse(why);
  await clearSite(site, stays, by);
  return ok();
}

/**
 * Without asking what is unreported. Killed anywhere it is simply done again: what says that it has begun goes last, together with what it deletes.
 */
export async function clearSite(site: Site, stays: WhatStays, by: string): Promise<void> {
  const { node } = site;
  const { db, settings } = node;
  const count = (sql: string): number => Number(db.prepare(sql).get()?.['n']);
  const rooms = db.prepare('SELECT tls_fingerprint FROM room WHERE tls_fingerprint IS NOT NULL').all();
  // From here on no room brings anything: what is counted here is what goes.
  const begun = { at: node.clock.now(), rooms: rooms.map((row) => String(row['tls_fingerprint'])) };
  settings.write('initialising', begun);
  const link = site.link;
  site.link = null;
  await link?.uplink.stop();
  await site.dayCourier.settled();
  await node.journal.append([
    {
      kind: 'site-initialised',
      subject: 'site',
      data: {
        keptRegistration: stays.registration,
        rooms: count('SELECT count(*) AS n FROM room'),
        results: count('SELECT count(*) AS n FROM result'),
        by,
      },
    },
  ]);
  settings.together(() =>
    transaction(db, () => {
      db.exec('DELETE FROM room; DELETE FROM authorisation; DELETE FROM result;');
      forgetPaperDays(site);
      for (const name of examSettings) settings.remove(name);
      if (!stays.registration) {
        // What the support desk was told stays with the centre; where the site stays registered, the conversation goes on.
        db.exec('DELETE FROM support_posting; DELETE FROM support_seen; DELETE FROM support_cursor;');
        for (const name of ownSettings) settings.remove(name);
      }
      settings.write('initialised', begun);
      settings.remove('initialising');
      contentsShallGo(site);
    }),
  );
  await removeContents(site);
  site.connect();
  site.changed.notify();
}

/** What the console says on every page while it was begun and not finished. */
export function initialiseNotice(site: Site): Refusal | null {
  return beingInitialised(site) ? { type: 'initialise-unfinished' } : null;
}
