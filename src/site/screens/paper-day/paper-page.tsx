/** The authorisation station of an exam on paper: which exam, and four sections. Address: `paper / event / section`. */
import { useEffect, type ReactNode } from 'react';
import { Select, Spin, Tabs } from 'antd';
import { dateTime } from '../../../ui/format.ts';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { useText } from '../../../ui/text.ts';
import { useLive } from '../../../ui/use-live.ts';
import { nameThisPlace } from '../../../ui/use-place.ts';
import type { PaperDayView, PaperEventView } from '../../paper-day/contract.ts';
import type { SiteClient } from '../site-console.tsx';
import { FormsTab } from './forms-tab.tsx';
import { KeyTab } from './key-tab.tsx';
import { MaterialsTab } from './materials-tab.tsx';
import { MonitoringTab } from './monitoring-tab.tsx';
import { useSticksHere, type SticksHere } from './sticks-here.tsx';

export interface PaperTabProps {
  readonly site: SiteClient;
  readonly day: PaperDayView;
  readonly sticks: SticksHere;
}

const tabs = {
  materials: MaterialsTab,
  key: KeyTab,
  monitoring: MonitoringTab,
  forms: FormsTab,
} as const satisfies Record<string, (props: PaperTabProps) => ReactNode>;
type TabName = keyof typeof tabs;
const names = Object.keys(tabs) as TabName[];

interface Props {
  site: SiteClient;
  events: readonly PaperEventView[];
  parts: readonly string[];
  go: (...parts: string[]) => void;
}

export function PaperPage({ site, events, parts, go }: Props): ReactNode {
  const t = useText();
  const chosen = events.find(({ event }) => event.id === parts[0]) ?? nextOf(events);
  const eventId = chosen?.event.id ?? null;
  const tab = names.find((one) => one === parts[1]) ?? 'materials';
  const live = useLive(eventId && `paper ${eventId}`, (signal) =>
    site.paperDay.live({ eventId: eventId ?? '' }, { signal }),
  );
  const sticks = useSticksHere(site);
  useEffect(() => {
    if (eventId !== null && (parts[0] !== eventId || parts[1] !== tab)) nameThisPlace('paper', eventId, tab);
  }, [eventId, tab, parts]);
  if (!chosen) return null;
  const Shown: (props: PaperTabProps) => ReactNode = tabs[tab];
  return (
    <div className="stack">
      <h1 className="only-read">{t('phase.paper')}</h1>
      <div className="row">
        {events.length === 1 ? (
          <strong>{eventName(chosen)}</strong>
        ) : (
          <Select
            aria-label={t('siteDay.event')}
            value={eventId}
            style={{ minWidth: 420, maxWidth: '100%' }}
            onChange={(id: string) => go('paper', id, tab)}
            options={events.map((one) => ({ value: one.event.id, label: eventName(one) }))}
          />
        )}
        {chosen.startAt !== null && (
          <span className="soft">{t('siteDay.startsAt', { at: dateTime(chosen.startAt) })}</span>
        )}
      </div>
      <Tabs
        activeKey={tab}
        onChange={(one) => go('paper', chosen.event.id, one)}
        items={names.map((one) => ({ key: one, label: t(`siteDay.tab.${one}`) }))}
      />
      {live.refusal && <RefusalAlert refusal={live.refusal} />}
      {!live.value && !live.refusal && <Spin aria-label={t('loading')} />}
      {live.value && <Shown key={`${eventId} ${tab}`} site={site} day={live.value} sticks={sticks} />}
    </div>
  );
}

function eventName({ event }: PaperEventView): string {
  return `${event.date} · ${event.subjectName} · ${event.name}`;
}

/** That of today, else the next, else the last one. */
function nextOf(events: readonly PaperEventView[]): PaperEventView | undefined {
  const yesterday = Date.now() - 86_400_000;
  return events.find(({ event }) => Date.parse(event.date) > yesterday) ?? events.at(-1);
}
