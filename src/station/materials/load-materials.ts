/** Materials come from a stick and lie here sealed, for days: whoever copies them has nothing. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { materialsAboutSchema } from '../../exam/paper-day/parcels.ts';
import { copyFromStick } from '../../node/stick/copy-from-stick.ts';
import { verifyParcel } from '../../parcel/parcel.ts';
import { notReady, settingNames, type LoadedMaterials, type Station } from '../station.ts';

/**
 * Takes a `paper-materials` parcel of the centre for this site. An older revision takes no newer one's place.
 * @returns refusals `station-not-admitted`, `wrong-kind`, `wrong-receiver`, `wrong-project`, `materials-older`, `work-under-way`, those of `verifyParcel`.
 */
export async function loadMaterials(station: Station, path: string): Promise<Result<LoadedMaterials>> {
  const missing = notReady(station);
  const admission = station.admission();
  if (missing || !admission) return refuse(missing ?? { type: 'station-not-admitted' });
  if (station.day() !== null) return refuse({ type: 'work-under-way' });
  const { node } = station;
  const folder = join(node.data, 'materials');
  await mkdir(folder, { recursive: true });
  const file = `${newId()}.parcel`;
  const copy = join(folder, file);
  const copied = await copyFromStick(path, copy);
  if (!copied.ok) return copied;
  const fits = await judge(station, copy);
  // Hundreds of megabytes take their time: a member may have come to the materials that are here.
  const judged: typeof fits = station.day() === null ? fits : refuse({ type: 'work-under-way' });
  if (!judged.ok) {
    await rm(copy, { force: true });
    return judged;
  }
  const before = station.materials();
  const loaded: LoadedMaterials = { ...judged.value, file, loadedAt: node.clock.now() };
  node.settings.write(settingNames.materials, loaded);
  if (before && before.file !== file) await rm(join(folder, before.file), { force: true });
  await node.journal.append([
    {
      kind: 'materials-loaded',
      subject: `event:${loaded.event.id}`,
      data: { revision: loaded.revision, parcel: loaded.parcelId },
    },
  ]);
  station.changed.notify();
  return ok(loaded);
}

async function judge(
  station: Station,
  path: string,
): Promise<Result<Omit<LoadedMaterials, 'file' | 'loadedAt'>>> {
  const admission = station.admission();
  if (!admission) return refuse({ type: 'station-not-admitted' });
  const verified = await verifyParcel(path, { roots: [admission.root], at: null });
  if (!verified.ok) return verified;
  const { manifest, certificates } = verified.value;
  if (manifest.kind !== 'paper-materials')
    return refuse({ type: 'wrong-kind', found: manifest.kind, expected: 'paper-materials' });
  // Made by the centre and by nobody whom it has certified.
  if (certificates.length > 0) return refuse({ type: 'untrusted-sender', code: manifest.from.code });
  if (manifest.to.role !== 'site' || manifest.to.code !== admission.siteCode)
    return refuse({ type: 'wrong-receiver', to: `${manifest.to.role} ${manifest.to.code}` });
  if (manifest.project !== admission.project.id) return refuse({ type: 'wrong-project' });
  if (manifest.mode !== admission.project.mode) return refuse({ type: 'wrong-mode', found: manifest.mode });
  const about = materialsAboutSchema.safeParse(manifest.about);
  if (!about.success) return refuse({ type: 'not-a-parcel' });
  const before = station.materials();
  if (before?.event.id === about.data.event.id && before.revision > about.data.revision)
    return refuse({ type: 'materials-older', revision: about.data.revision, here: before.revision });
  return ok({ ...about.data, parcelId: manifest.id });
}

export function materialsPath(station: Station, loaded: LoadedMaterials): string {
  return join(station.node.data, 'materials', loaded.file);
}
