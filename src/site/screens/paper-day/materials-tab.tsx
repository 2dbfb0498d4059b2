/** Section «Materials and stations»: what the stations need before the day, and which stations there are. */
import type { ReactNode } from 'react';
import { ActButton } from '../../../ui/act-button.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { bytes, dateTime } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../ui/refusal-text.tsx';
import { both } from '../../../ui/role-gate.ts';
import { useText } from '../../../ui/text.ts';
import type { PaperTabProps } from './paper-page.tsx';
import { StationsPanel } from './stations-panel.tsx';
import { FilesHere, StickButton, StickProgress } from './sticks-here.tsx';

export function MaterialsTab({ site, day, sticks }: PaperTabProps): ReactNode {
  const t = useText();
  const { materials, event, stations } = day;
  const eventId = event.event.id;
  const waiting = stations.filter(({ admittedAt }) => admittedAt === null);
  const toFetch = materials === null || event.newer.materials;
  const next = toFetch
    ? 'fetch'
    : waiting.length > 0
      ? 'admit'
      : stations.length === 0
        ? 'readiness'
        : 'write';
  return (
    <div className="stack">
      <NowLine
        action={
          <>
            <ActButton
              {...(toFetch ? { type: 'primary' as const } : {})}
              gate={both(sticks.gate, screenGate(day.online, 'centre-not-reached'))}
              act={() => site.paperDay.materials.fetch({ eventId })}
              done={t('siteDay.materialsHere')}
            >
              {t('siteDay.fetchMaterials')}
            </ActButton>
            <StickButton
              sticks={sticks}
              label={t('siteDay.writeMaterials')}
              primary={next === 'write'}
              gate={screenGate(materials !== null, 'materials-not-here')}
              write={(drive) => site.paperDay.materials.write({ eventId, drive })}
            />
          </>
        }
      >
        {t(`siteDay.now.${next}`)}
      </NowLine>
      {event.problem && <RefusalAlert refusal={event.problem} />}
      <StickProgress sticks={sticks} />
      <StationsPanel site={site} day={day} sticks={sticks} />
      <section className="panel">
        <h2>{t('siteDay.materials')}</h2>
        {materials ? (
          <Facts
            of={[
              [t('station.subject'), event.event.subjectName],
              [t('station.date'), event.event.date],
              [
                t('station.revision'),
                t('siteDay.revisionOf', {
                  revision: materials.revision,
                  size: bytes(materials.bytes, t.language),
                }),
              ],
              [t('station.loadedAt'), dateTime(materials.receivedAt)],
              [
                t('siteDay.rooms'),
                materials.rooms
                  .map(({ room, kits, reserve }) => t('siteDay.kitsOfRoom', { room, kits, reserve }))
                  .join('; '),
              ],
            ]}
          />
        ) : (
          <p className="soft">{t('siteDay.noMaterials')}</p>
        )}
        <p className="soft">{t('siteDay.sealed')}</p>
      </section>
      <FilesHere
        site={site}
        sticks={sticks}
        kinds={['paper-materials', 'station-readiness']}
        hint={t('siteDay.materialsHint')}
        primary={next === 'readiness'}
      />
    </div>
  );
}
