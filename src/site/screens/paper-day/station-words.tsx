/** How stations are called on these pages. */
import type { StationKind } from '../../../exam/paper-day/site-day.ts';
import { stationKinds } from '../../../exam/paper-day/site-day.ts';
import type { Refusal } from '../../../base/result.ts';
import type { Text } from '../../../ui/text.ts';
import type { PaperDayView, PaperStationView } from '../../paper-day/contract.ts';

export function stationName(t: Text, { kind, number }: Pick<PaperStationView, 'kind' | 'number'>): string {
  return `${t(`station.kind.${kind}`)} № ${number}`;
}

export function stationRoom(t: Text, { room, roomNow }: PaperStationView): string {
  if (roomNow !== null) return t('siteDay.reserveIn', { room: roomNow });
  return room ?? t('siteDay.reserve');
}

/** What a station has tried, in the user's words, and what it said of it in its own. */
export function checkWords(t: Text, { name, words }: PaperStationView['checks'][number]): string {
  const what = t.find(`siteDay.check.${name}`) ?? name;
  return words === '' ? what : `${what}: ${words}`;
}

/** Why a station is to be looked at: it names its checks as they are called on the wire. */
export function problemWords(t: Text, problem: Refusal): Refusal {
  const { checks } = problem;
  return Array.isArray(checks)
    ? { ...problem, checks: checks.map((name) => t.find(`siteDay.check.${String(name)}`) ?? String(name)) }
    : problem;
}

/** A gap in the user's words: kinds of stations, statuses and packages have other names on the wire. */
export function gapInWords(t: Text, gap: Refusal, packages: PaperDayView['packages']): Refusal {
  const list = (name: string): readonly string[] => {
    const value = gap[name];
    return Array.isArray(value) ? value.map(String) : [];
  };
  const status = gap['status'];
  return {
    ...gap,
    ...(typeof status === 'string' ? { status: t.find(`siteDay.status.${status}`) ?? status } : {}),
    ...('stations' in gap ? { stations: list('stations').map((one) => spoken(t, one)) } : {}),
    ...('packages' in gap
      ? {
          packages: list('packages').map((id) => {
            const one = packages.find((each) => each.id === id);
            return one ? `${one.room} (${one.part}/${one.parts})` : id;
          }),
        }
      : {}),
  };
}

/** `print 2`, as the rules name a station. */
function spoken(t: Text, name: string): string {
  const [kind = '', ...number] = name.split(' ');
  return stationKinds.includes(kind as StationKind)
    ? stationName(t, { kind: kind as StationKind, number: number.join(' ') })
    : name;
}
