/** «Передать бланки»: packages go to the centre by network, on a stick, or into a folder from which somebody sends them by FTP. */
import { join } from 'node:path';
import { ok, refuse, type Result } from '../../../base/result.ts';
import type { Site } from '../../site.ts';
import { paperEvent } from '../events.ts';
import { dayArchiveFolder } from '../monitoring/day-parcel.ts';
import { putKeptInFolder, putKeptOnStick, type Sticks } from '../sticks.ts';
import { packagesOf, type KeptPackage } from './packages.ts';

/** What is not at the centre yet, as far as is known here. */
function toSend(site: Site, eventId: string): KeptPackage[] {
  return packagesOf(site, eventId).filter(
    ({ state, replacedBy }) => replacedBy === null && (state === 'made' || state === 'sending'),
  );
}

/** From now on they are sent as soon as the centre is reached, also after a restart. Refusals: `nothing-to-send`, `site-not-registered-at-centre`. */
export async function sendPackages(site: Site, eventId: string, by: string): Promise<Result<void>> {
  const event = paperEvent(site, eventId);
  if (!event.ok) return event;
  if (!site.link) return refuse({ type: 'site-not-registered-at-centre' });
  const packages = toSend(site, eventId).filter(({ sentWay }) => sentWay !== 'online');
  if (packages.length === 0) return refuse({ type: 'nothing-to-send' });
  const { node } = site;
  // What went by stick before goes by network all the same: the centre takes it once.
  const want = node.db.prepare('UPDATE paper_package SET wanted_at = coalesce(wanted_at, ?) WHERE id = ?');
  for (const { id } of packages) want.run(node.clock.now(), id);
  await node.journal.append([
    {
      kind: 'packages-to-send',
      subject: `event:${eventId}`,
      data: { packages: packages.map(({ id }) => id), by },
    },
  ]);
  site.changed.notify();
  site.dayCourier.go();
  return ok();
}

export type SendTo = { readonly drive: string } | { readonly directory: string };

/** In a folder named as the centre's archives are. Refusals: `nothing-to-send`, those of writing. */
export async function writePackages(
  site: Site,
  sticks: Sticks,
  eventId: string,
  to: SendTo,
): Promise<Result<{ path: string }>> {
  const event = paperEvent(site, eventId);
  if (!event.ok) return event;
  const packages = toSend(site, eventId);
  if (packages.length === 0) return refuse({ type: 'nothing-to-send' });
  const folder = dayArchiveFolder(site, event.value.event);
  const written =
    'drive' in to
      ? await putKeptOnStick(site, sticks, to.drive, folder, packages)
      : await putKeptInFolder(site, sticks.sticks, join(to.directory, folder), packages);
  if (!written.ok) return written;
  const way = 'drive' in to ? 'stick' : 'folder';
  for (const { id } of packages) await markSent(site, eventId, id, way);
  site.changed.notify();
  return written;
}

/** In the database before anybody is told. */
export async function markSent(
  { node }: Pick<Site, 'node'>,
  eventId: string,
  id: string,
  way: 'online' | 'stick' | 'folder',
): Promise<void> {
  node.db
    .prepare('UPDATE paper_package SET sent_at = ?, sent_way = ? WHERE id = ?')
    .run(node.clock.now(), way, id);
  // It waits for the network as long as somebody wants that.
  if (way === 'online')
    node.db
      .prepare("UPDATE paper_package SET wanted_at = NULL, state = coalesce(state, 'received') WHERE id = ?")
      .run(id);
  await node.journal.append([
    { kind: 'package-sent', subject: `event:${eventId}`, data: { package: id, way } },
  ]);
}
