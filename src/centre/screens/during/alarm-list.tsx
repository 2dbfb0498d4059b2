import { useState, type ReactNode } from 'react';
import { Input, Modal } from 'antd';
import { alarmKinds, type Alarm } from '../../../exam/board/alarms.ts';
import type { BoardSite } from '../../../exam/board/board-view.ts';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { clockTime, dateTime } from '../../../ui/format.ts';
import { GateButton } from '../../../ui/gate-button.tsx';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { RefusalText, refusalTexts } from '../../../ui/refusal-text.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { checkMarks, Mark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { VirtualTable } from '../../../ui/virtual-table.tsx';
import { boardContract } from '../../board/contract.ts';
import type { CentreClient } from '../centre-console.tsx';

export interface SiteAlarm {
  readonly site: BoardSite;
  readonly alarm: Alarm;
}

interface Props {
  centre: CentreClient;
  projectId: string;
  sessionId: string;
  sites: readonly BoardSite[];
  /** Not given: they are shown at their site. */
  onOpen?: (siteCode: string) => void;
}

/** What nobody has seen to stands first, the worst kind before the others, the oldest before later ones. */
export function alarmsIn(sites: readonly BoardSite[]): SiteAlarm[] {
  const rank = ({ alarm: { kind, acknowledged } }: SiteAlarm): number =>
    (acknowledged === null ? 0 : alarmKinds.length) + alarmKinds.indexOf(kind);
  return sites
    .flatMap((site) => site.alarms.map((alarm) => ({ site, alarm })))
    .toSorted((a, b) => rank(a) - rank(b) || a.alarm.since - b.alarm.since);
}

const heightAtMost = 252;

/** Alarms with their beginning and remedy; an acknowledged one stays until it ends. */
export function AlarmList(props: Props): ReactNode {
  const t = useText();
  const { centre, projectId, sessionId, sites, onOpen } = props;
  const gate = useRoleGate(boardContract.acknowledge);
  const [chosen, setChosen] = useState<SiteAlarm | null>(null);
  const rows = alarmsIn(sites);
  if (rows.length === 0) return <Mark {...checkMarks.passed} word={t('board.noAlarms')} />;
  return (
    <>
      <VirtualTable
        label={t('board.alarms')}
        rows={rows}
        rowKey={({ site, alarm }) => `${site.code} ${alarm.kind}`}
        rowHeight={54}
        height={heightAtMost}
        fixed
        columns={[
          {
            id: 'kind',
            title: t('board.alarm'),
            width: '13%',
            render: ({ alarm }) => (
              <Mark
                {...(alarm.acknowledged ? checkMarks.warning : checkMarks.failed)}
                word={t(`board.alarm.${alarm.kind}`)}
              />
            ),
          },
          ...(onOpen
            ? [
                {
                  id: 'site',
                  title: t('site.code'),
                  width: '15%',
                  render: ({ site }: SiteAlarm) => (
                    <>
                      <button type="button" className="link-button" onClick={() => onOpen(site.code)}>
                        {site.code}
                      </button>
                      <div className="soft one-line block" title={site.name}>
                        {site.name}
                      </div>
                    </>
                  ),
                },
              ]
            : []),
          {
            id: 'since',
            title: t('board.since'),
            width: '9.5rem',
            render: ({ alarm }) => <span className="nowrap">{dateTime(alarm.since)}</span>,
          },
          { id: 'what', title: t('board.whatToDo'), render: (row) => <What {...row} /> },
          {
            id: 'seen',
            title: t('board.seenTo'),
            width: '17%',
            render: (row) => {
              const seen = row.alarm.acknowledged;
              return seen ? (
                <span className="two-lines" title={seen.note}>
                  {t('board.acknowledgedBy', { by: seen.by, at: clockTime(seen.at), note: seen.note })}
                </span>
              ) : (
                <GateButton size="small" gate={gate} onClick={() => setChosen(row)}>
                  {t('board.acknowledge')}
                </GateButton>
              );
            },
          },
        ]}
      />
      <Modal
        open={chosen !== null}
        title={t('board.acknowledgeTitle')}
        footer={null}
        destroyOnHidden
        mask={{ closable: false }}
        onCancel={() => setChosen(null)}
      >
        {chosen && (
          <Acknowledge
            chosen={chosen}
            onClose={() => setChosen(null)}
            onSubmit={(note) =>
              centre.board.acknowledge({
                projectId,
                sessionId,
                siteCode: chosen.site.code,
                kind: chosen.alarm.kind,
                since: chosen.alarm.since,
                note,
              })
            }
          />
        )}
        <RefusalNotice />
      </Modal>
    </>
  );
}

function Acknowledge(props: {
  chosen: SiteAlarm;
  onSubmit: (note: string) => Promise<unknown>;
  onClose: () => void;
}): ReactNode {
  const t = useText();
  const { chosen, onSubmit, onClose } = props;
  const [note, setNote] = useState('');
  return (
    <Form
      submit={t('board.acknowledgeNow')}
      ready={note.trim() !== ''}
      done={t('board.acknowledged')}
      onCancel={onClose}
      onSubmit={async () => {
        await onSubmit(note.trim());
        onClose();
      }}
    >
      <p>
        <strong>{chosen.site.code}</strong> {chosen.site.name} · {t(`board.alarm.${chosen.alarm.kind}`)}
      </p>
      <p>
        <RefusalText refusal={told(chosen)} />
      </p>
      <Field label={t('column.note')} hint={t('board.acknowledgeHint')}>
        <Input maxLength={400} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
    </Form>
  );
}

function What(row: SiteAlarm): ReactNode {
  const t = useText();
  const { what, remedy } = refusalTexts(t, told(row));
  return (
    <span className="two-lines" title={`${what} ${remedy ?? ''}`}>
      {what} <span className="remedy">{remedy}</span>
    </span>
  );
}

const named = 6;

/** As a refusal, which has its text and remedy in every language. */
function told({ alarm: { kind, since, about } }: SiteAlarm): { type: string; since: number; about: string } {
  const some = about.slice(0, named).join(', ');
  return {
    type:
      kind === 'seal-check-failed' && about.length > 0 ? 'alarm-seal-check-failed-rooms' : `alarm-${kind}`,
    since,
    about: about.length > named ? `${some} …` : some,
  };
}
