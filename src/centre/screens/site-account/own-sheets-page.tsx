/** The site's part of exams on paper: its protocols, and what the centre has of its forms. */
import type { ReactNode } from 'react';
import { Tabs } from 'antd';
import { useText } from '../../../ui/text.ts';
import { EventsList } from '../scans/completeness/events-list.tsx';
import { SiteKitsPage } from '../scans/completeness/site-kits.tsx';
import { ProtocolEvents } from '../scans/protocols/protocol-events.tsx';
import { OwnDays } from './own-days.tsx';
import { OwnProtocols } from './own-protocols.tsx';
import type { SiteAccountProps } from './site-account-console.tsx';

type Props = SiteAccountProps & {
  /** Grows with what is said of the site: lists are loaded again. */
  round: number;
  /** `part / event`. */
  parts: readonly string[];
  go: (...parts: string[]) => void;
};

const tabs = ['day', 'protocols', 'completeness'] as const;

export function OwnSheetsPage({ centre, view, round, parts: [part, eventId], go }: Props): ReactNode {
  const t = useText();
  const tab = tabs.find((one) => one === part) ?? 'day';
  const shared = { centre, projectId: view.project.id, round };
  const siteCode = view.site.code;
  return (
    <>
      <Tabs
        activeKey={tab}
        onChange={(one) => go(one)}
        items={tabs.map((key) => ({
          key,
          label: t(key === 'day' ? 'siteArchives.own' : `scans.part.${key}`),
        }))}
      />
      {tab === 'day' && <OwnDays centre={centre} view={view} round={round} />}
      {tab === 'protocols' &&
        (eventId === undefined ? (
          <ProtocolEvents {...shared} onOpen={(id) => go(tab, id)} />
        ) : (
          <OwnProtocols key={eventId} {...shared} {...{ eventId, siteCode }} back={() => go(tab)} />
        ))}
      {tab === 'completeness' &&
        (eventId === undefined ? (
          <EventsList {...shared} sites={false} onOpen={(id) => go(tab, id)} />
        ) : (
          <SiteKitsPage
            key={eventId}
            {...shared}
            {...{ eventId, siteCode }}
            back={{ label: t('completeness.allEvents'), go: () => go(tab) }}
            openPage={null}
          />
        ))}
    </>
  );
}
