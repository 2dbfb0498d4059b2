/** What a station's journal is called here and asked for by, as the handbooks have it, whatever the file is called that comes. */
import {
  namedDay,
  printJournalName,
  scanJournalName,
  voiceJournalName,
} from '../../../exam/paper-day/file-names.ts';
import type { DayEvent } from '../../../exam/paper-day/parcels.ts';
import type { DayStation } from '../../../exam/paper-day/site-day.ts';
import type { Site } from '../../site.ts';
import { regionOf } from '../materials/materials.ts';

export function journalName(
  site: Site,
  event: DayEvent,
  { kind, room, number }: Pick<DayStation, 'kind' | 'room' | 'number'>,
): string {
  const day = namedDay(event, regionOf(site) ?? '', site.setup()?.siteCode ?? '');
  if (kind === 'print') return printJournalName(day, room, number);
  if (kind === 'voice') return voiceJournalName(day, room, number);
  return scanJournalName(day, number);
}
