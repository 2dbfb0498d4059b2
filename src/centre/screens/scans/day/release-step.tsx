/** Step 5: when the release comes, how sites without a network hear it, and who took what. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from 'antd';
import type { GateView } from '../../../../node/contract.ts';
import { DialogButton } from '../../../../ui/dialog.tsx';
import { DownloadButton } from '../../../../ui/download-button.tsx';
import { dateTime } from '../../../../ui/format.ts';
import { screenGate } from '../../../../ui/gate-button.tsx';
import { NowLine } from '../../../../ui/now-line.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { ReleaseWords } from '../../../../ui/release-words.tsx';
import { both, useRoleGate } from '../../../../ui/role-gate.ts';
import { useText, type TextKey } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import { useTick } from '../../../../ui/use-tick.ts';
import { paperDayContract, type DayView, type SiteDayRow } from '../../../paper-day/contract.ts';
import { AskButton } from '../../release/ask-button.tsx';
import { DecideRelease, ReleaseCountdown } from '../../release/decide-release.tsx';
import { askedWords } from '../../release/open-confirmations.tsx';
import { useTwo, type Two } from '../../release/use-two.ts';
import { ArchivePasswords, PasswordButton } from './archive-passwords.tsx';
import type { DayStepProps } from './day-page.tsx';
import { DayFetches } from './day-fetches.tsx';
import { DayPolicyDialog } from './day-settings.tsx';
import { SiteList } from './site-list.tsx';

type Release = NonNullable<DayView['release']>;
type Props = DayStepProps & { two: Two; release: Release };

export function ReleaseStep(props: DayStepProps): ReactNode {
  const t = useText();
  const { day } = props;
  const two = useTwo(props);
  const now = useTick(1_000);
  const { release } = day;
  if (release === null)
    return (
      <NowLine
        action={
          <Button type="primary" onClick={() => props.onChoose('day-papers')}>
            {t('next.step', { name: t('step.day-papers') })}
          </Button>
        }
      >
        {t('paperDay.now.noStart')}
      </NowLine>
    );
  const shared: Props = { ...props, two, release };
  const due = now >= release.releaseAt;
  return (
    <>
      <NowLine>
        {t(nowOf(day, due), {
          at: release.releaseAt,
          released: day.counts.released,
          sites: day.sites,
        })}
      </NowLine>
      <section className="panel">
        <div className="panel-head">
          <h2>{t('paperDay.releaseOf', { name: day.name })}</h2>
        </div>
        <div className="row">
          <span className="grow">
            {!due && !release.held && <strong>{dateTime(release.releaseAt)}</strong>}{' '}
            <ReleaseCountdown release={release} />
            {release.setAt !== null && (
              <div className="soft">{t('release.setLater', { at: release.policyAt })}</div>
            )}
          </span>
          <DayPolicyDialog {...props} />
          <Decide {...shared} />
        </div>
      </section>
      {day.policy.opens === 'password' && <ArchivePasswords {...shared} time={timeGate(release, due)} />}
      <SiteList {...props} actions={(row) => <ReleaseActions {...shared} due={due} row={row} />} />
      <DayFetches {...props} />
    </>
  );
}

function nowOf({ policy, counts }: DayView, due: boolean): TextKey {
  if (policy.opens === 'password' && counts.passwords < counts.archives)
    return due ? 'siteArchives.now.due' : 'siteArchives.now.early';
  return due ? 'paperDay.now.released' : 'paperDay.now.release';
}

function Decide({ centre, project, day, set, two, release }: Props): ReactNode {
  const of = { projectId: project.id, eventId: day.eventId };
  return (
    <DecideRelease
      {...{ centre, project, two, release }}
      id={day.eventId}
      name={day.name}
      contract={paperDayContract}
      setRelease={async (at) => set(await centre.paperDay.setRelease({ ...of, at }))}
      hold={async (reason) => set(await centre.paperDay.hold({ ...of, reason }))}
      letGo={async () => set(await centre.paperDay.letGo(of))}
    />
  );
}

function timeGate(release: Release, due: boolean): GateView {
  if (release.held) return { allowed: false, reason: { type: 'release-held', reason: release.held.reason } };
  return due
    ? { allowed: true }
    : { allowed: false, reason: { type: 'too-early' }, opensAt: release.releaseAt };
}

const readOut = [
  { what: 'words', label: 'paperDay.words' },
  { what: 'digits', label: 'paperDay.digits' },
] as const;
type Read = (typeof readOut)[number]['what'];

function ReleaseActions(props: Props & { due: boolean; row: SiteDayRow }): ReactNode {
  const t = useText();
  const { centre, project, day, two, release, due, row } = props;
  const may = useRoleGate(paperDayContract.exportRelease);
  // What two have confirmed is used up by the first look: what is read out stays until the dialog is closed.
  const [reading, setReading] = useState<Read | null>(null);
  const of = { projectId: project.id, eventId: day.eventId, siteCode: row.siteCode };
  const key = screenGate(row.key !== null && row.state !== 'key-again', 'no-access-key');
  const gate = both(may, both(key, timeGate(release, due)));
  /** null: it can be had without. */
  const asking = (act: 'release-file' | 'release-words', label: string): ReactNode => {
    if (two.may(act, day.eventId, row.siteCode)) return null;
    const what = { projectId: project.id, act, sessionId: day.eventId, siteCode: row.siteCode };
    const words = askedWords(t, { ...what, eventName: day.name }, project.sessions);
    return <AskButton size="small" {...{ centre, two, what, label, words, gate }} />;
  };
  return (
    <div className="row">
      {row.archive && (
        <PasswordButton
          centre={centre}
          of={of}
          released={row.archive.releasedAt !== null}
          hint={t('siteArchives.readTo', { site: row.siteCode })}
        />
      )}
      {asking('release-file', `${t('paperDay.exportRelease')} …`) ?? (
        <DownloadButton size="small" gate={gate} make={() => centre.paperDay.exportRelease(of)}>
          {t('paperDay.exportRelease')}
        </DownloadButton>
      )}
      {readOut.map(({ what, label }) => (
        <span key={what}>
          {(reading === what ? null : asking('release-words', `${t(label)} …`)) ?? (
            <DialogButton size="small" gate={gate} label={`${t(label)} …`} onOpen={() => setReading(what)}>
              {() => <ReadOut {...props} what={what} onClosed={() => setReading(null)} />}
            </DialogButton>
          )}
        </span>
      ))}
    </div>
  );
}

function ReadOut(props: Props & { row: SiteDayRow; what: Read; onClosed: () => void }): ReactNode {
  const t = useText();
  const { centre, project, day, row, what } = props;
  const { language } = t;
  const closed = useRef(props.onClosed);
  closed.current = props.onClosed;
  useEffect(() => () => closed.current(), []);
  const of = { projectId: project.id, eventId: day.eventId, siteCode: row.siteCode };
  const said = useLoaded(what === 'words' ? `words ${language}` : 'digits', async () =>
    what === 'words'
      ? (await centre.paperDay.releaseWords({ ...of, language })).words
      : (await centre.paperDay.releaseDigits(of)).digits,
  );
  return (
    <div className="stack">
      <p>{t('paperDay.readTo', { site: row.siteCode })}</p>
      {said.refusal && <RefusalAlert refusal={said.refusal} />}
      <ReleaseWords words={said.value ?? []} />
    </div>
  );
}
