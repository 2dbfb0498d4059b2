/** Step 4: access keys of the sites, and reserve keys where more is needed. */
import { useState, type ReactNode } from 'react';
import { Button, Input, InputNumber } from 'antd';
import { ActButton } from '../../../../ui/act-button.tsx';
import { DialogButton } from '../../../../ui/dialog.tsx';
import { DownloadButton } from '../../../../ui/download-button.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Form } from '../../../../ui/form.tsx';
import { screenGate } from '../../../../ui/gate-button.tsx';
import { NextStep, NowLine, isDone } from '../../../../ui/now-line.tsx';
import { RefusalText } from '../../../../ui/refusal-text.tsx';
import { both, useRoleGate } from '../../../../ui/role-gate.ts';
import { useText } from '../../../../ui/text.ts';
import type { Refusal } from '../../../../base/result.ts';
import { paperDayContract, type SiteDayRow } from '../../../paper-day/contract.ts';
import { AskButton } from '../../release/ask-button.tsx';
import { askedWords } from '../../release/open-confirmations.tsx';
import { useTwo, type Two } from '../../release/use-two.ts';
import { WorkProgress } from '../work-progress.tsx';
import { codesIn } from './codes-in.ts';
import type { DayStepProps } from './day-page.tsx';
import { ExportFiles } from './export-files.tsx';
import { PinField } from './pin-field.tsx';
import { SiteList } from './site-list.tsx';

type Props = DayStepProps & { two: Two };
type Problems = readonly { readonly siteCode: string; readonly reason: Refusal }[];

export function KeysStep(props: DayStepProps): ReactNode {
  const t = useText();
  const { day, onChoose } = props;
  const two = useTwo(props);
  const [problems, setProblems] = useState<Problems>([]);
  const done = isDone(day.steps, 'day-keys');
  const { counts, archiving } = day;
  const ready = counts.prepared > 0;
  return (
    <>
      <NowLine
        action={
          <>
            {archiving && <StopArchives {...props} />}
            <MakeKeys
              {...props}
              two={two}
              primary={!done && archiving?.running !== true}
              onProblems={setProblems}
            />
            {done && <NextStep steps={day.steps} step="day-keys" onChoose={onChoose} />}
          </>
        }
      >
        {archiving
          ? t(archiving.running ? 'siteArchives.now.making' : 'siteArchives.now.stopped')
          : !ready
            ? t('paperDay.now.keysNothing')
            : counts.again > 0
              ? t('paperDay.now.keysAgain', counts)
              : done
                ? t(day.policy.opens === 'password' ? 'siteArchives.now.made' : 'paperDay.now.keysDone', {
                    ...counts,
                    fetched: counts.keysFetched,
                  })
                : t('paperDay.now.keys')}
      </NowLine>
      {archiving && (
        <WorkProgress
          work={archiving}
          words={t('siteArchives.progress', { ...archiving })}
          rate={(perSecond, left) => t('paperDay.rate', { rate: perSecond.toFixed(1), left })}
        />
      )}
      {problems.length > 0 && (
        <section className="panel" role="status">
          <strong>{t('paperDay.keysProblems', { n: problems.length })}</strong>
          <ul className="notes">
            {problems.slice(0, 50).map(({ siteCode, reason }) => (
              <li key={siteCode}>
                <strong>{siteCode}</strong> <RefusalText refusal={reason} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <SiteList
        {...props}
        head={<ExportFiles {...props} what={[day.policy.opens === 'password' ? 'archive' : 'access-key']} />}
        actions={(row) => <KeyActions {...props} two={two} row={row} />}
      />
    </>
  );
}

function StopArchives({ centre, project, day, set }: DayStepProps): ReactNode {
  const t = useText();
  const may = useRoleGate(paperDayContract.cancelArchives);
  const of = { projectId: project.id, eventId: day.eventId };
  return (
    <ActButton gate={may} act={async () => set(await centre.paperDay.cancelArchives(of))}>
      {t(day.archiving?.running === true ? 'paperDay.cancel' : 'paperDay.putAway')}
    </ActButton>
  );
}

/** Where two are needed: until the second one has confirmed, asking comes first. */
function useAsking({ centre, project, day, two }: Props) {
  const t = useText();
  const what = { projectId: project.id, act: 'prepare', sessionId: day.eventId, siteCode: null } as const;
  const needed = !two.may('prepare', day.eventId, null);
  const words = askedWords(t, { ...what, eventName: day.name }, project.sessions);
  return needed ? { centre, two, what, words } : null;
}

function MakeKeys(props: Props & { primary: boolean; onProblems: (problems: Problems) => void }): ReactNode {
  const t = useText();
  const { centre, project, day, primary, onProblems } = props;
  const may = useRoleGate(paperDayContract.makeKeys);
  const gate = both(may, screenGate(day.counts.prepared > 0, 'materials-not-prepared'));
  const [pin, setPin] = useState('');
  const [stations, setStations] = useState('');
  const asking = useAsking(props);
  const look = primary ? { type: 'primary' as const } : {};
  const label = t('paperDay.makeKeys');
  if (asking) return <AskButton {...look} {...asking} gate={gate} label={label} />;
  return (
    <DialogButton {...look} gate={gate} label={label} onOpen={() => setPin('')}>
      {(close) => (
        <Form
          submit={label.replace(/\s*…$/, '')}
          ready={pin !== ''}
          onCancel={close}
          done={t('paperDay.saved')}
          onSubmit={async () => {
            const { problems } = await centre.paperDay.makeKeys({
              projectId: project.id,
              eventId: day.eventId,
              siteCodes: null,
              stations: codesIn(stations),
              language: t.language,
              pin,
            });
            onProblems(problems);
            setPin('');
            close();
          }}
        >
          <p>{t('paperDay.makeKeysText')}</p>
          {day.policy.opens === 'password' && <p>{t('siteArchives.madeToo')}</p>}
          <Field label={t('paperDay.stations')}>
            <Input
              value={stations}
              maxLength={10_000}
              onChange={(event) => setStations(event.target.value)}
            />
          </Field>
          <PinField value={pin} onChange={setPin} />
        </Form>
      )}
    </DialogButton>
  );
}

function KeyActions(props: Props & { row: SiteDayRow }): ReactNode {
  const t = useText();
  const { centre, project, day, row } = props;
  const may = useRoleGate(paperDayContract.exportKey);
  const usable = screenGate(row.key !== null && row.state !== 'key-again', 'no-access-key');
  return (
    <div className="row">
      <DownloadButton
        size="small"
        gate={both(may, usable)}
        make={() =>
          centre.paperDay.exportKey({
            projectId: project.id,
            eventId: day.eventId,
            siteCode: row.siteCode,
          })
        }
      >
        {t('paperDay.exportKey')}
      </DownloadButton>
      <ReserveKey {...props} />
    </div>
  );
}

function ReserveKey(props: Props & { row: SiteDayRow }): ReactNode {
  const t = useText();
  const { centre, project, day, row } = props;
  const may = useRoleGate(paperDayContract.makeReserveKey);
  const gate = both(may, screenGate(row.key !== null, 'no-access-key'));
  const [rooms, setRooms] = useState<readonly { room: string; kits: number }[]>([]);
  const [stations, setStations] = useState('');
  const [reason, setReason] = useState('');
  const [pin, setPin] = useState('');
  const asking = useAsking(props);
  const label = t('paperDay.reserveKey');
  if (asking) return <AskButton size="small" {...asking} gate={gate} label={label} />;
  const change = (i: number, more: Partial<{ room: string; kits: number }>): void =>
    setRooms(rooms.map((one, at) => (at === i ? { ...one, ...more } : one)));
  return (
    <DialogButton
      size="small"
      gate={gate}
      label={label}
      onOpen={() => {
        setRooms([{ room: '', kits: 1 }]);
        setStations('');
        setReason('');
        setPin('');
      }}
    >
      {(close) => (
        <Form
          submit={label.replace(/\s*…$/, '')}
          ready={pin !== '' && reason.trim() !== ''}
          onCancel={close}
          done={t('paperDay.keysMade', { made: 1 })}
          onSubmit={async () => {
            await centre.paperDay.makeReserveKey({
              projectId: project.id,
              eventId: day.eventId,
              siteCode: row.siteCode,
              rooms: rooms.filter(({ room }) => room.trim() !== ''),
              stations: codesIn(stations),
              reason: reason.trim(),
              pin,
            });
            close();
          }}
        >
          <p>{t('paperDay.reserveKeyText', { site: row.siteCode })}</p>
          {rooms.map((one, i) => (
            // A line's place is its identity.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={i} className="row">
              <Field label={t('paperDay.moreRoom')}>
                <Input
                  maxLength={64}
                  value={one.room}
                  onChange={(event) => change(i, { room: event.target.value })}
                />
              </Field>
              <Field label={t('paperDay.moreKits')}>
                <InputNumber
                  min={1}
                  max={10_000}
                  precision={0}
                  value={one.kits}
                  onChange={(value) => change(i, { kits: value ?? 1 })}
                />
              </Field>
            </div>
          ))}
          <div>
            <Button size="small" onClick={() => setRooms([...rooms, { room: '', kits: 1 }])}>
              {`+ ${t('paperDay.moreRoom')}`}
            </Button>
          </div>
          <Field label={t('paperDay.stations')}>
            <Input
              value={stations}
              maxLength={10_000}
              onChange={(event) => setStations(event.target.value)}
            />
          </Field>
          <Field label={t('paperDay.reason')}>
            <Input maxLength={400} value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
          <PinField value={pin} onChange={setPin} />
        </Form>
      )}
    </DialogButton>
  );
}
