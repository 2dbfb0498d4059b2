/** Marks on forms: how far an event is, the rows that wait for a person, and the table of what is marked. */
import { useState, type ReactNode } from 'react';
import { InputNumber, Segmented, Select } from 'antd';
import { ActButton } from '../../../../ui/act-button.tsx';
import { DownloadButton } from '../../../../ui/download-button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { NowLine } from '../../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { useRoleGate } from '../../../../ui/role-gate.ts';
import { useText } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import { centreContract } from '../../../contract.ts';
import type { MarkEvent } from '../../../scans/marks/contract.ts';
import type { ScansPartProps } from '../scans-page.tsx';
import { MarkQueue } from './mark-queue.tsx';
import './marks.css';

/** Address: `… / marks / event / of`. */
export function MarksPage({ centre, project, parts, go, round }: ScansPartProps): ReactNode {
  const t = useText();
  const projectId = project.id;
  const events = useLoaded(`${projectId} ${round}`, () => centre.mark.events({ projectId }));
  const [every, setEvery] = useState(50);
  if (events.refusal) return <RefusalAlert refusal={events.refusal} />;
  if (!events.value) return null;
  const event = events.value.find(({ id }) => id === parts[0]) ?? events.value[0];
  if (!event) return <EmptyState title={t('marks.noEvents')} todo={t('marks.noEventsTodo')} />;
  const of = parts[1] === 'sure' ? 'sure' : 'waiting';
  return (
    <div className="stack">
      <h1 className="only-read">{t('scans.part.marks')}</h1>
      <NowLine>{t(nowKey(event), { ...event })}</NowLine>
      <div className="toolbar">
        <Select
          aria-label={t('marks.event')}
          value={event.id}
          onChange={(id) => go(id, of)}
          popupMatchSelectWidth={false}
          options={events.value.map(({ id, date, code, name }) => ({
            value: id,
            label: `${date} · ${code} · ${name}`,
          }))}
        />
        <Segmented
          value={of}
          onChange={(one) => go(event.id, one)}
          options={(['waiting', 'sure'] as const).map((one) => ({ value: one, label: t(`marks.of.${one}`) }))}
        />
        {of === 'sure' && (
          <label className="row">
            {t('marks.every')}
            <InputNumber
              min={1}
              max={1_000}
              value={every}
              onChange={(value) => setEvery(value ?? 50)}
              className="marks-every"
            />
            {t('marks.everyRow')}
          </label>
        )}
        <ExportButtons {...{ centre, projectId, event }} />
      </div>
      <p className="soft row">
        <span>{t('marks.decided', { ...event })}</span>
        <span>{t('marks.checked', { ...event })}</span>
      </p>
      {event.unreadPages > 0 && (
        <Unread {...{ centre, projectId, event }} key={event.id} onDone={events.reload} />
      )}
      <MarkQueue
        key={`${event.id} ${of} ${every}`}
        {...{ centre, projectId, of, every }}
        eventId={event.id}
        onChanged={events.reload}
      />
    </div>
  );
}

function nowKey({ rows, open }: MarkEvent) {
  if (rows === 0) return 'marks.now.none';
  return open > 0 ? 'marks.now.waiting' : 'marks.now.done';
}

interface OfEvent {
  readonly centre: ScansPartProps['centre'];
  readonly projectId: string;
  readonly event: MarkEvent;
}

function ExportButtons({ centre, projectId, event }: OfEvent): ReactNode {
  const t = useText();
  const gate = useRoleGate(centreContract.mark.exportFile);
  const file = (format: 'csv' | 'xlsx') => () =>
    centre.mark.exportFile({ projectId, eventId: event.id, format, language: t.language });
  return (
    <>
      <DownloadButton gate={gate} make={file('csv')}>
        {t('marks.exportCsv')}
      </DownloadButton>
      <DownloadButton gate={gate} make={file('xlsx')}>
        {t('marks.exportXlsx')}
      </DownloadButton>
    </>
  );
}

/** Pages whose form was not known, read again piece by piece: whoever leaves finds the rest here. */
function Unread({ centre, projectId, event, onDone }: OfEvent & { onDone: () => void }): ReactNode {
  const t = useText();
  const gate = useRoleGate(centreContract.mark.readAgain);
  const [looked, setLooked] = useState<number | null>(null);
  const [ended, setEnded] = useState<{ looked: number; read: number } | null>(null);
  const readAll = async (): Promise<void> => {
    const sums = { looked: 0, read: 0 };
    let after: string | null = null;
    setEnded(null);
    try {
      do {
        setLooked(sums.looked);
        const piece: { looked: number; read: number; after: string | null } = await centre.mark.readAgain({
          projectId,
          eventId: event.id,
          after,
        });
        sums.looked += piece.looked;
        sums.read += piece.read;
        ({ after } = piece);
      } while (after !== null);
      setEnded(sums);
    } finally {
      setLooked(null);
      onDone();
    }
  };
  return (
    <div className="row marks-unread" role="status">
      <span>
        {looked === null
          ? t('marks.unread', { pages: event.unreadPages })
          : t('marks.readAgain.running', { looked, pages: event.unreadPages })}
      </span>
      {ended && <span className="soft">{t('marks.readAgain.done', ended)}</span>}
      <ActButton gate={gate} act={readAll}>
        {t('marks.readAgain')}
      </ActButton>
    </div>
  );
}
