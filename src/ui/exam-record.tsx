/** The exam record (考场情况记录单): a page to print and sign. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { PrinterOutlined } from '@ant-design/icons';
import type { RoomRecord } from '../exam/package/room-result.ts';
import { accommodationWords } from './accommodation-words.ts';
import { codeWords } from './codes/code-words.ts';
import { clockTime, dateTime } from './format.ts';
import { useText, type Text } from './text.ts';
import './exam-record.css';

interface Props {
  record: RoomRecord;
  projectName: string;
  sessionName: string;
  /** To where the record was opened from. */
  back: () => void;
}

type Person = RoomRecord['sittings'][number];

export function ExamRecord({ record, projectName, sessionName, back }: Props): ReactNode {
  const t = useText();
  const absent = record.sittings.filter((one) => one.state === 'absent' || one.state === 'not-signed-in');
  const sat = record.sittings.length - absent.length;
  const violations = record.sittings.filter((one) => one.violations.length > 0);
  const extra = record.sittings.filter((one) => one.extraTimeMin > 0);
  const resumed = record.sittings.filter((one) => one.resumes > 0);
  const single = record.sittings.filter((one) => one.singleCollection);
  const closed = record.sittings.filter((one) => one.state === 'closed');
  return (
    <div className="stack">
      <div className="row no-print">
        <Button onClick={back}>{t('back')}</Button>
        <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
          {t('print')}
        </Button>
      </div>
      <article className="record">
        <h1>{t('record.title')}</h1>
        <table>
          <tbody>
            <Line name={t('record.project')} value={projectName} />
            <Line name={t('role.site')} value={record.site} />
            <Line name={t('column.room')} value={record.room} />
            <Line name={t('column.sessionName')} value={sessionName} />
            <Line
              name={t('record.time')}
              value={`${dateTime(record.startedAt)} – ${clockTime(record.endedAt)}`}
            />
            <Line
              name={t('room.administrator')}
              value={`${record.administrator} ${record.administratorPhone}`.trim()}
            />
            <Line
              name={t('room.invigilators')}
              value={record.invigilators.map((one) => `${one.name} ${one.phone}`.trim()).join(', ')}
            />
            <Line
              name={t('record.totals')}
              value={t('record.totalsText', {
                expected: record.sittings.length,
                sat,
                absent: absent.length,
                violations: violations.length,
                extraTime: extra.length,
              })}
            />
          </tbody>
        </table>
        <People
          t={t}
          title={t('count.absent')}
          of={absent}
          {...(absent.some((one) => one.reason !== null) ? { detail: (one) => one.reason ?? '' } : {})}
        />
        <People
          t={t}
          title={t('count.violations')}
          of={violations}
          detail={(one) =>
            one.violations.map((v) => `${clockTime(v.at)} ${v.code} ${v.description}`).join('; ')
          }
        />
        <People
          t={t}
          title={t('count.extraTime')}
          of={extra}
          detail={(one) =>
            one.extraTimes.length === 0
              ? t('minutes', { n: one.extraTimeMin })
              : one.extraTimes
                  .map(({ at, minutes }) => `${clockTime(at)} ${t('minutes', { n: minutes })}`)
                  .join('; ')
          }
        />
        <People
          t={t}
          title={t('accommodation.title')}
          of={record.sittings.filter((one) => one.accommodations !== null)}
          detail={({ accommodations }) =>
            accommodations === null
              ? ''
              : [
                  accommodationWords(t, accommodations.of).join(', '),
                  accommodations.given ? t('accommodation.given', { ...accommodations.given }) : '',
                ]
                  .filter((part) => part !== '')
                  .join('; ')
          }
        />
        {record.codes.length > 0 && <Codes t={t} of={record.codes} />}
        <People
          t={t}
          title={t('record.resumed')}
          of={resumed}
          detail={(one) =>
            one.resumedAt.length === 0
              ? t('times', { n: one.resumes })
              : one.resumedAt.map(({ at, reason }) => `${clockTime(at)} ${reason}`.trim()).join('; ')
          }
        />
        <People t={t} title={t('record.singleCollection')} of={single} />
        <People
          t={t}
          title={t('record.closed')}
          of={closed}
          detail={(one) => t.find(`closeReason.${one.reason}`) ?? one.reason ?? ''}
        />
        <div className="signatures">
          <div>{t('record.signatureAdministrator')}</div>
          <div>{t('record.signatureInvigilator')}</div>
        </div>
        <p className="soft">{t('record.printed', { at: record.madeAt })}</p>
      </article>
    </div>
  );
}

function Line({ name, value }: { name: string; value: string }): ReactNode {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{value === '' ? '–' : value}</td>
    </tr>
  );
}

/** What was permitted from above. */
function Codes({ t, of }: { t: Text; of: RoomRecord['codes'] }): ReactNode {
  return (
    <>
      <h2>{t('record.heading', { title: t('code.title'), count: of.length })}</h2>
      <table>
        <thead>
          <tr>
            <th>{t('record.time')}</th>
            <th>{t('code.what')}</th>
            <th>{t('code.forWhom')}</th>
            <th>{t('code.why')}</th>
          </tr>
        </thead>
        <tbody>
          {of.map((one) => (
            <tr key={one.challenge}>
              <td className="nowrap">{clockTime(one.at)}</td>
              <td>{codeWords(t, { action: one.action, amount: one.minutes })}</td>
              <td>
                {one.candidate === null
                  ? t('code.wholeRoom')
                  : `${one.candidate.admissionNumber} ${one.candidate.name}`}
              </td>
              <td>{one.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function People(props: {
  t: Text;
  title: string;
  of: readonly Person[];
  detail?: (one: Person) => string;
}): ReactNode {
  const { t, title, of, detail } = props;
  return (
    <>
      <h2>{t('record.heading', { title, count: of.length })}</h2>
      {of.length === 0 ? (
        <p>{t('none')}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th>{t('column.admissionNumber')}</th>
              <th>{t('column.name')}</th>
              {detail && <th>{t('record.detail')}</th>}
            </tr>
          </thead>
          <tbody>
            {of.map((one) => (
              <tr key={one.id}>
                <td className="nowrap">{one.admissionNumber}</td>
                <td>{one.name}</td>
                {detail && <td>{detail(one)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
