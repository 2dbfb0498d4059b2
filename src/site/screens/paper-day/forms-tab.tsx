/** Section «Send forms»: packages on their way to the centre, and what it says of them. */
import { useState, type ReactNode } from 'react';
import { Progress } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { FolderField } from '../../../ui/folder-field.tsx';
import { Form } from '../../../ui/form.tsx';
import { bytes, dateTime } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { both } from '../../../ui/role-gate.ts';
import { CheckStateMark, Mark, checkMarks } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import type { PaperDayView, PaperPackageView } from '../../paper-day/contract.ts';
import type { SiteClient } from '../site-console.tsx';
import type { PaperTabProps } from './paper-page.tsx';
import { FilesHere, StickButton, StickProgress } from './sticks-here.tsx';

/** Sheets of one package: a whole room is said by its number. */
const mostNamed = 30;

const stateMarks = {
  made: checkMarks.waiting,
  sending: { shape: '◐', tone: 'blue' },
  received: { shape: '●', tone: 'blue' },
  confirmed: checkMarks.done,
  rejected: checkMarks.failed,
} as const;

export function FormsTab({ site, day, sticks }: PaperTabProps): ReactNode {
  const t = useText();
  const eventId = day.event.event.id;
  const counting = day.packages.filter(({ replacedBy }) => replacedBy === null);
  const unsent = counting.filter(
    ({ state, sentAt }) => state === 'made' || (state === 'sending' && sentAt === null),
  );
  const again = counting.filter(({ state, quality }) => state === 'rejected' || quality === 'rescan');
  const open = counting.filter(({ state }) => state === 'sending' || state === 'received');
  const next =
    counting.length === 0
      ? 'takePackages'
      : unsent.some(({ waits }) => !waits)
        ? 'send'
        : again.length > 0
          ? 'rescan'
          : unsent.length + open.length > 0
            ? 'waitForWords'
            : 'allConfirmed';
  const some = screenGate(
    counting.some(({ state }) => state === 'made' || state === 'sending'),
    'nothing-to-send',
  );
  return (
    <div className="stack">
      <NowLine
        action={
          <>
            <ActButton
              gate={both(sticks.gate, screenGate(day.online, 'centre-not-reached'))}
              act={() => site.paperDay.package.fetchWords({ eventId })}
            >
              {t('siteDay.fetchWords')}
            </ActButton>
            {day.hasWords && (
              <StickButton
                sticks={sticks}
                {...(next === 'rescan' ? { primary: true } : {})}
                label={t('siteDay.writeWords')}
                write={(drive) => site.paperDay.package.writeWords({ eventId, drive })}
              />
            )}
            <StickButton
              sticks={sticks}
              label={t('siteDay.writePackages')}
              gate={some}
              write={(drive) => site.paperDay.package.write({ eventId, to: { drive } })}
            />
            <DialogButton gate={both(sticks.gate, some)} label={`${t('siteDay.toFolder')}…`}>
              {(close) => <ToFolder site={site} eventId={eventId} close={close} />}
            </DialogButton>
            <ActButton
              {...(next === 'send' ? { type: 'primary' as const } : {})}
              gate={both(sticks.gate, some)}
              act={() => site.paperDay.package.send({ eventId })}
            >
              {t('siteDay.sendForms')}
            </ActButton>
          </>
        }
      >
        {t(`siteDay.now.${next}`, { open: open.length + unsent.length })}
      </NowLine>
      <Sending of={day.sending} />
      <StickProgress sticks={sticks} />
      <section className="panel">
        <h2>{t('siteDay.packages')}</h2>
        <Listing
          rows={day.packages}
          rowKey={({ id }) => id}
          empty={
            <p className="soft" role="status">
              {t('siteDay.noPackages')}
            </p>
          }
          columns={({ column, figures, moment }) => [
            column(t('station.room'), ({ room }) => <strong>{room}</strong>),
            figures(t('siteDay.part'), ({ part, parts }) => `${part}/${parts}`),
            column(t('siteDay.content'), ({ kind }) => t(`siteDay.kind.${kind}`)),
            figures(t('siteDay.pages'), ({ pages }) => pages ?? '–'),
            figures(t('siteDay.size'), (one) => (
              <span className="nowrap">{bytes(one.bytes, t.language)}</span>
            )),
            column(t('siteDay.station'), ({ station }) => `№ ${station}`),
            moment(t('siteDay.madeAt'), ({ madeAt }) => madeAt),
            column(t('siteDay.state'), (one) => <PackageState of={one} online={day.online} />),
            column(t('siteDay.quality'), (one) => <Quality of={one} packages={day.packages} />),
          ]}
        />
      </section>
      <FilesHere
        site={site}
        sticks={sticks}
        kinds={['answer-sheets', 'voice-answers', 'package-words']}
        hint={t('siteDay.packageHint')}
        primary={next === 'takePackages'}
      />
    </div>
  );
}

function Sending({ of }: { of: PaperDayView['sending'] }): ReactNode {
  const t = useText();
  if (!of) return null;
  return (
    <div role="status">
      <Progress percent={Math.floor((100 * of.sent) / Math.max(1, of.total))} status="active" />
      {t('siteDay.sendingNow', {
        name: of.name,
        sent: bytes(of.sent, t.language),
        total: bytes(of.total, t.language),
      })}
    </div>
  );
}

function PackageState({ of, online }: { of: PaperPackageView; online: boolean }): ReactNode {
  const t = useText();
  const { state, waits, sentAt, sentWay, saidAt, reason, refused } = of;
  const said = saidAt ?? sentAt;
  return (
    <>
      <Mark {...stateMarks[state]} word={t(`siteDay.package.${state}`)} nowrap />
      <div className="soft">
        {said !== null && dateTime(said)}
        {state === 'sending' && sentWay !== null && ` ${t(`siteDay.way.${sentWay}`)}`}
        {waits && ` ${t(online ? 'siteDay.waitsInLine' : 'siteDay.waitsForNetwork')}`}
      </div>
      {refused && <RefusalText refusal={refused} />}
      {reason !== '' && <div>{reason}</div>}
    </>
  );
}

function Quality({
  of: { state, quality, rescan, replacedBy, replaces },
  packages,
}: {
  of: PaperPackageView;
  packages: readonly PaperPackageView[];
}): ReactNode {
  const t = useText();
  const named = (id: string): string => {
    const one = packages.find((each) => each.id === id);
    return one ? `${one.room} (${one.part}/${one.parts}), ${dateTime(one.madeAt)}` : id;
  };
  if (replacedBy !== null)
    return <Mark {...checkMarks.waiting} word={t('siteDay.replacedBy', { by: named(replacedBy) })} />;
  const before = replaces === null ? null : <div>{t('siteDay.takesPlaceOf', { of: named(replaces) })}</div>;
  if (state !== 'received' && state !== 'confirmed') return before ?? '–';
  if (quality !== 'rescan')
    return (
      <>
        <CheckStateMark
          state={quality === 'good' ? 'passed' : 'waiting'}
          word={quality === 'good' ? 'siteDay.quality.good' : 'siteDay.quality.checking'}
        />
        {before}
      </>
    );
  return (
    <>
      <Mark {...checkMarks.warning} word={t('siteDay.quality.rescan')} />
      {rescan.slice(0, mostNamed).map(({ number, side }) => (
        <div key={`${number} ${side}`} className="number">
          {number}/{side}
        </div>
      ))}
      {rescan.length > mostNamed && <div>{t('siteDay.andMore', { count: rescan.length - mostNamed })}</div>}
      {before}
    </>
  );
}

function ToFolder({
  site,
  eventId,
  close,
}: {
  site: SiteClient;
  eventId: string;
  close: () => void;
}): ReactNode {
  const t = useText();
  const [directory, setDirectory] = useState('');
  return (
    <Form
      submit={t('siteDay.toFolder')}
      ready={directory.trim() !== ''}
      onCancel={close}
      done={t('siteDay.written')}
      onSubmit={async () => {
        await site.paperDay.package.write({ eventId, to: { directory } });
        close();
      }}
    >
      <p>{t('siteDay.toFolderText')}</p>
      <FolderField client={site} label={t('siteDay.folder')} value={directory} onChange={setDirectory} />
    </Form>
  );
}
