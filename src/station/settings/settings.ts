/** Which station this is: site, room, number. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { settingNames, type Station, type StationSettings } from '../station.ts';

/** Once it was admitted, another site would have to admit it anew; another room is a matter of the site alone. Refusals: `station-admitted-elsewhere`, `work-under-way`. */
export async function saveSettings(station: Station, settings: StationSettings): Promise<Result<void>> {
  const admitted = station.admission();
  if (admitted && admitted.siteCode !== settings.siteCode)
    return refuse({ type: 'station-admitted-elsewhere', site: admitted.siteCode });
  if (station.day() !== null) return refuse({ type: 'work-under-way' });
  station.node.settings.write(settingNames.settings, settings);
  await station.node.journal.append([
    { kind: 'station-set', subject: `station:${station.node.id}`, data: { kind: station.kind, ...settings } },
  ]);
  station.changed.notify();
  return ok();
}
