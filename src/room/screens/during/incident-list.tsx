/** The list behind a figure: who, when and why, to read and to take away. */
import type { ReactNode } from 'react';
import {
  incidentLists,
  incidents,
  type Incident,
  type IncidentKind,
} from '../../../exam/incident/incidents.ts';
import { DownloadButton } from '../../../ui/download-button.tsx';
import { clockTime } from '../../../ui/format.ts';
import { Listing } from '../../../ui/listing.tsx';
import { useText, type TextKey } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { SessionProps } from './session-page.tsx';

export function isIncidentKind(id: string | null): id is IncidentKind {
  return incidentLists.some((kind) => kind === id);
}

const whatColumn: Partial<Record<IncidentKind, TextKey>> = {
  violations: 'room.violationType',
  extraTime: 'room.minutes',
  resumed: 'room.givenBack',
};

export function IncidentList({
  room,
  board,
  session,
  kind,
}: SessionProps & { kind: IncidentKind }): ReactNode {
  const t = useText();
  const types = useLoaded(kind === 'violations' ? 'types' : null, () => room.sitting.violationTypes());
  const rows = incidents(kind, board.sittings);
  if (rows.length === 0) return null;
  const what = (one: Incident): ReactNode => {
    if (kind !== 'violations') return one.byCode ? `${one.what} (${t('room.byCode')})` : String(one.what);
    const text = types.value?.find(({ code }) => code === one.what)?.text[t.language];
    return text === undefined ? one.what : `${one.what} · ${text}`;
  };
  const column = whatColumn[kind];
  return (
    <Listing
      rows={rows.map((one, i) => ({ ...one, key: `${one.admissionNumber} ${i}` }))}
      rowKey={(one) => one.key}
      caption={
        <div className="row">
          <h2>{t(`count.${kind}`)}</h2>
          <DownloadButton
            size="small"
            make={() =>
              room.session.exportList({ sessionId: session.sessionId, list: kind, language: t.language })
            }
          >
            {t('room.exportList')}
          </DownloadButton>
        </div>
      }
      columns={(make) => [
        make.figures('№', (one) => one.index),
        make.column(t('column.admissionNumber'), (one) => (
          <span className="nowrap">{one.admissionNumber}</span>
        )),
        make.column(t('column.name'), (one) => one.name),
        ...(kind === 'absent'
          ? []
          : [make.column(t('record.time'), (one) => <span className="nowrap">{clockTime(one.at)}</span>)]),
        ...(column === undefined ? [] : [make.column(t(column), what)]),
        ...(kind === 'extraTime'
          ? []
          : [
              make.column(t(kind === 'violations' ? 'room.violationText' : 'room.reason'), (one) =>
                one.detail === '' ? '–' : (t.find(`closeReason.${one.detail}`) ?? one.detail),
              ),
            ]),
      ]}
    />
  );
}
