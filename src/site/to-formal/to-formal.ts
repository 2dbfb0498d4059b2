/**
 * 模考转正考: the same site, with its code, accounts, lock and registered rooms, for the formal exam. The mode is the centre's: a project is one or the other from
 * its beginning, so the formal exam is another project, and the site registers there with a code of that project. Everything of the mock exam is archived
 * and goes; nothing of it can be taken for the formal one, because each file names its project and its mode under the centre's signature.
 */
import { Refused } from '../../base/refused.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { statusesOf, roomRows, siteMembershipSchema, type Site, type SiteMembership } from '../site.ts';
import { admitAtCentre } from '../setup/setup.ts';
import { transaction } from '../../store/sqlite.ts';
import { examSettings } from '../initialise/initialise.ts';
import { contentsShallGo, removeContents } from '../initialise/remove-contents.ts';
import { forgetPaperDays } from '../paper-day/forget.ts';
import { archiveResults } from './archive.ts';
import type { Archive } from './contract.ts';

/** A room that has been silent for longer holds nothing up: it may be switched off for good. */
const silentMs = 60_000;

/** Why it is not possible now; null: it is. There is no way back but initialising, which the formal exam holds up while anything of it is unreported. */
export function whyNotToFormal(site: Site): Refusal | null {
  const setup = site.setup();
  if (setup === null) return { type: 'setup-missing' };
  if (setup.mode === 'formal') return { type: 'site-is-formal' };
  const now = site.node.clock.now();
  const running = roomRows(site).filter(
    (room) =>
      now - (room.last_contact ?? 0) < silentMs &&
      statusesOf(room).some(({ stages }) => stages.startedAt !== null && stages.endedAt === null),
  );
  return running.length > 0 ? { type: 'mock-running', rooms: running.map(({ code }) => code) } : null;
}

/** The formal exam to which the centre has admitted the site, when it was interrupted after that. */
export function nextMembership({ node }: Pick<Site, 'node'>): SiteMembership | null {
  return node.settings.read('next-membership', siteMembershipSchema);
}

/**
 * @param registration null: the site registers later, on its System page.
 * @returns refusals of the registration leave everything as it was. Killed anywhere it is simply done again, without another code.
 */
export async function turnFormal(
  site: Site,
  registration: { readonly centreAddress: string; readonly code: string } | null,
  by: string,
): Promise<Result<{ archive: Archive; registered: boolean }>> {
  const why = whyNotToFormal(site);
  const setup = site.setup();
  if (why || !setup) return refuse(why ?? { type: 'setup-missing' });
  const { node } = site;
  const { db, settings } = node;
  // First of all: a wrong code, or a centre that is away, is found out while everything is still here.
  if (registration && nextMembership(site) === null) {
    const { centreAddress, code } = registration;
    const admitted = await admitAtCentre(
      site,
      { ...setup, mode: 'formal' },
      { centreAddress, code, before: null },
    );
    if (!admitted.ok) return admitted;
    settings.write('next-membership', admitted.value);
  }
  const membership = nextMembership(site);
  const archive = await archiveResults(site);
  const link = site.link;
  site.link = null;
  await link?.uplink.stop();
  await site.dayCourier.settled();
  await node.journal.append([
    {
      kind: 'site-turned-formal',
      subject: 'site',
      data: { project: membership?.project.id ?? null, archived: archive.results, by },
    },
  ]);
  try {
    settings.together(() => transaction(db, keepWhatStays));
  } catch (error) {
    site.connect();
    throw error;
  }
  await removeContents(site);
  site.connect();
  site.changed.notify();
  return ok({ archive, registered: membership !== null });

  function keepWhatStays(): void {
    // A room that has reported while the archive was written: it is not in there.
    const { n } = db.prepare('SELECT count(*) AS n FROM result').get() as { n: number };
    if (n !== archive.results) throw new Refused({ type: 'room-reported-meanwhile' });
    db.exec(
      `DELETE FROM authorisation; DELETE FROM result; DELETE FROM room WHERE registered_at IS NULL;
         DELETE FROM room_package; UPDATE room SET status = NULL, seal_check = NULL, loaded_at = NULL;`,
    );
    forgetPaperDays(site);
    for (const name of [...examSettings, 'next-membership']) settings.remove(name);
    settings.write('setup', { ...setup, mode: 'formal' });
    if (membership) settings.write('membership', membership);
    else settings.remove('membership');
    contentsShallGo(site);
  }
}
