/** Passwords of the sites' archives, where the project opens with a password: released once for all, then shown, read out or given as a file. */
import { useState, type ReactNode } from 'react';
import type { GateView } from '../../../../node/contract.ts';
import { CodeFigures } from '../../../../ui/code-figures.tsx';
import { DialogButton } from '../../../../ui/dialog.tsx';
import { DownloadButton } from '../../../../ui/download-button.tsx';
import { Form } from '../../../../ui/form.tsx';
import { screenGate } from '../../../../ui/gate-button.tsx';
import { RefusalAlert } from '../../../../ui/refusal-text.tsx';
import { both, useRoleGate } from '../../../../ui/role-gate.ts';
import { Mark, checkMarks } from '../../../../ui/state-mark.tsx';
import { useText } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import { siteArchiveContract } from '../../../paper-day/archives/contract.ts';
import type { SiteDayRow } from '../../../paper-day/contract.ts';
import type { CentreClient } from '../../centre-console.tsx';
import { AskButton } from '../../release/ask-button.tsx';
import { askedWords } from '../../release/open-confirmations.tsx';
import type { Two } from '../../release/use-two.ts';
import type { DayStepProps } from './day-page.tsx';
import { PinField } from './pin-field.tsx';

type Props = DayStepProps & { two: Two; time: GateView };

export function ArchivePasswords(props: Props): ReactNode {
  const t = useText();
  const { centre, project, day } = props;
  const may = useRoleGate(siteArchiveContract.exportPasswords);
  const { archives, passwords } = day.counts;
  const of = { projectId: project.id, eventId: day.eventId };
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('siteArchives.passwords')}</h2>
        <Mark
          {...(archives > 0 && passwords === archives ? checkMarks.done : checkMarks.waiting)}
          word={t('siteArchives.released', { passwords, archives })}
          nowrap
        />
      </div>
      <div className="row">
        <span className="grow soft">
          {t('siteArchives.about')}{' '}
          {t(day.policy.postsPassword ? 'siteArchives.posts' : 'siteArchives.postsNot')}
        </span>
        <DownloadButton
          size="small"
          gate={both(may, screenGate(passwords > 0, 'password-not-released'))}
          make={() => centre.siteArchive.exportPasswords(of)}
        >
          {t('siteArchives.asFile')}
        </DownloadButton>
        <ReleaseThem {...props} />
      </div>
    </section>
  );
}

function ReleaseThem({ centre, project, day, two, time }: Props): ReactNode {
  const t = useText();
  const may = useRoleGate(siteArchiveContract.release);
  const { archives, passwords } = day.counts;
  const [pin, setPin] = useState('');
  const gate = both(may, both(screenGate(archives > 0, 'archives-not-made'), time));
  const label = t('siteArchives.release');
  const look = passwords < archives ? { type: 'primary' as const } : {};
  const what = {
    projectId: project.id,
    act: 'release-passwords',
    sessionId: day.eventId,
    siteCode: null,
  } as const;
  if (!two.may(what.act, day.eventId, null))
    return (
      <AskButton
        {...look}
        size="small"
        {...{ centre, two, what, gate, label }}
        words={askedWords(t, { ...what, eventName: day.name }, project.sessions)}
      />
    );
  return (
    <DialogButton {...look} size="small" gate={gate} label={label} onOpen={() => setPin('')}>
      {(close) => (
        <Form
          submit={label.replace(/\s*…$/, '')}
          ready={pin !== ''}
          done={t('siteArchives.isReleased')}
          onCancel={close}
          onSubmit={async () => {
            await centre.siteArchive.release({ projectId: project.id, eventId: day.eventId, pin });
            setPin('');
            close();
          }}
        >
          <p>{t('siteArchives.releaseText', { sites: archives - passwords })}</p>
          <p>{t(day.policy.postsPassword ? 'siteArchives.posts' : 'siteArchives.postsNot')}</p>
          <PinField value={pin} onChange={setPin} />
        </Form>
      )}
    </DialogButton>
  );
}

/** Of one site: to read out, or for its own account. */
export function PasswordButton(props: {
  centre: CentreClient;
  of: { projectId: string; eventId: string; siteCode: string };
  released: boolean;
  hint: string;
}): ReactNode {
  const t = useText();
  const { released } = props;
  const may = useRoleGate(siteArchiveContract.password);
  return (
    <DialogButton
      size="small"
      // Of eight groups in large figures.
      width={840}
      gate={both(may, screenGate(released, 'password-not-released'))}
      label={`${t('siteArchives.password')} …`}
    >
      {() => <Password {...props} />}
    </DialogButton>
  );
}

function Password({ centre, of, hint }: Parameters<typeof PasswordButton>[0]): ReactNode {
  const t = useText();
  const told = useLoaded('password', () => centre.siteArchive.password(of));
  return (
    <div className="stack">
      <p>{hint}</p>
      {told.refusal && <RefusalAlert refusal={told.refusal} />}
      {told.value && (
        <>
          <code>{told.value.fileName}</code>
          <CodeFigures large value={told.value.password} />
          <p className="soft">{t('siteArchives.digits')}</p>
        </>
      )}
    </div>
  );
}

/** In the list of sites: its archive, whether it was taken and whether its password is told. */
export function ArchiveState({ archive }: Pick<SiteDayRow, 'archive'>): ReactNode {
  const t = useText();
  if (archive === null) return '–';
  const { releasedAt, posted } = archive;
  return (
    <>
      <span>{t('paperDay.revisionOf', { ...archive })}</span>
      <div>
        <Mark
          {...(releasedAt === null ? checkMarks.waiting : checkMarks.done)}
          word={
            releasedAt === null ? t('siteArchives.notReleased') : t('siteArchives.releasedAt', { releasedAt })
          }
        />
      </div>
      {posted !== 'not-wanted' && (
        <div className="soft">{t(posted === 'posted' ? 'siteArchives.posted' : 'siteArchives.toPost')}</div>
      )}
    </>
  );
}
