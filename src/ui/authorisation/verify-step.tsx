/** Within the hour before a session: the release opens the key with the lock; then the authorisation is verified. */
import { useState, type ReactNode } from 'react';
import { Button, Input } from 'antd';
import type { SiteSession } from '../../site/contract.ts';
import { ActButton } from '../act-button.tsx';
import { DialogButton } from '../dialog.tsx';
import { Field } from '../field.tsx';
import { FileDrop } from '../file-drop.tsx';
import { Form } from '../form.tsx';
import { dateTime } from '../format.ts';
import { screenGate } from '../gate-button.tsx';
import { NowLine } from '../now-line.tsx';
import { useText, type Text } from '../text.ts';
import type { AuthorisationClient, AuthorisationProps } from './authorise-step.tsx';
import { SessionList } from './session-list.tsx';

interface Props extends AuthorisationProps {
  /** What comes when every session is verified. */
  after: { text: string; label: string; go: () => void };
  /** Further buttons of a session. */
  more?: (session: SiteSession) => ReactNode;
}

export function VerifyStep(props: Props): ReactNode {
  const t = useText();
  const { sessions, more } = props;
  const next = sessions.find((one) => one.verifiedAt === null);
  return (
    <>
      <NowLine action={<Primary {...props} next={next} />}>
        {next === undefined ? props.after.text : whatNow(t, next)}
      </NowLine>
      <SessionList
        sessions={sessions}
        actions={(session) => <Actions {...props} session={session} more={more?.(session)} />}
      />
    </>
  );
}

function whatNow(
  t: Text,
  { name, authorisedAt, calibratedAt, carriedAt, calibrate, releaseAt }: SiteSession,
): string {
  if (authorisedAt === null) return t('site.now.authoriseFirst', { name });
  if (calibratedAt !== null) return t('site.now.verify', { name });
  if (carriedAt !== null) return t('site.now.carried', { name, at: carriedAt });
  return calibrate.allowed
    ? t('site.now.calibrate', { name })
    : t('site.now.waitForRelease', { name, at: dateTime(releaseAt) });
}

function Primary(props: Props & { next: SiteSession | undefined }): ReactNode {
  const t = useText();
  const { authorisation, next } = props;
  if (next === undefined)
    return (
      <Button type="primary" onClick={props.after.go}>
        {props.after.label}
      </Button>
    );
  if (next.authorisedAt === null)
    return (
      <Button type="primary" onClick={() => props.onChoose('authorise')}>
        {t('step.authorise')}
      </Button>
    );
  if (next.calibratedAt === null) return <Calibrate authorisation={authorisation} session={next} />;
  return (
    <ActButton type="primary" act={() => authorisation.verify({ sessionId: next.sessionId })}>
      {t('site.verify')}
    </ActButton>
  );
}

interface SessionProps {
  authorisation: AuthorisationClient;
  session: SiteSession;
}

function Actions({ authorisation, session, more }: SessionProps & { more: ReactNode }): ReactNode {
  const t = useText();
  const opened = screenGate(session.calibratedAt !== null, 'site-not-calibrated');
  return (
    <div className="row">
      {session.calibratedAt === null && (
        <>
          <ByFile authorisation={authorisation} session={session} />
          <ByWords authorisation={authorisation} session={session} />
        </>
      )}
      {session.calibratedAt !== null && session.verifiedAt === null && (
        <ActButton
          size="small"
          gate={opened}
          act={() => authorisation.verify({ sessionId: session.sessionId })}
        >
          {t('site.verify')}
        </ActButton>
      )}
      {more}
    </div>
  );
}

function Calibrate({ authorisation, session }: SessionProps): ReactNode {
  const t = useText();
  const [pin, setPin] = useState('');
  return (
    <DialogButton type="primary" gate={session.calibrate} label={t('site.calibrate')}>
      {(close) => (
        <Form
          submit={t('site.calibrate')}
          ready={pin !== ''}
          onCancel={close}
          done={t('site.calibrated')}
          onSubmit={async () => {
            await authorisation.calibrate({ sessionId: session.sessionId, pin });
            close();
          }}
        >
          <p>
            {session.carriedAt === null
              ? t('site.calibrateText', { name: session.name })
              : t('site.calibrateCarried', { name: session.name, at: session.carriedAt })}
          </p>
          <Pin value={pin} onChange={setPin} />
        </Form>
      )}
    </DialogButton>
  );
}

function Pin({ value, onChange }: { value: string; onChange: (pin: string) => void }): ReactNode {
  const t = useText();
  return (
    <Field label={t('site.lockPin')}>
      <Input.Password autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}

function ByFile({ authorisation, session }: SessionProps): ReactNode {
  const t = useText();
  const [pin, setPin] = useState('');
  return (
    <DialogButton size="small" gate={session.calibrate} label={t('site.importRelease')}>
      {(close) => (
        <div className="stack">
          <p>{t('site.importReleaseText')}</p>
          <Pin value={pin} onChange={setPin} />
          {pin === '' ? (
            <p className="hint">{t('site.pinFirst')}</p>
          ) : (
            <FileDrop
              hint={t('site.importReleaseHint')}
              onFile={async (uploadId) => {
                await authorisation.importRelease({ uploadId, pin });
                close();
              }}
            />
          )}
        </div>
      )}
    </DialogButton>
  );
}

function ByWords({ authorisation, session }: SessionProps): ReactNode {
  const t = useText();
  const [pin, setPin] = useState('');
  const [words, setWords] = useState('');
  const count = words.trim() === '' ? 0 : words.trim().split(/\s+/).length;
  return (
    <DialogButton size="small" gate={session.calibrate} label={t('site.enterWords')}>
      {(close) => (
        <Form
          submit={t('site.calibrate')}
          ready={pin !== '' && count > 0}
          onCancel={close}
          done={t('site.calibrated')}
          onSubmit={async () => {
            await authorisation.enterWords({ sessionId: session.sessionId, words, pin });
            close();
          }}
        >
          <p>{t('site.enterWordsText')}</p>
          <Field label={t('site.words')} hint={t('site.wordsCount', { count })}>
            <Input.TextArea rows={3} value={words} onChange={(event) => setWords(event.target.value)} />
          </Field>
          <Pin value={pin} onChange={setPin} />
        </Form>
      )}
    </DialogButton>
  );
}
